import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ExclusionFile,
  readExclusionFile,
} from '../../../../src/waf/modsecurity/exclusion-files/exclusion-file.js';
import { lint } from '../../../../src/waf/modsecurity/exclusion-files/lint.js';
import { partOf, withoutUnits } from '../../../../src/waf/modsecurity/exclusion-files/render.js';
import { gatherFacts } from '../../../../src/waf/modsecurity/exclusion-files/rule-facts.js';
import { scopeOf } from '../../../../src/waf/modsecurity/exclusion-files/scope.js';

const pieces = [
  'SecRule ',
  'SecAction ',
  'SecRuleRemoveById ',
  'SecRuleUpdateTargetByTag ',
  '#SecRule ',
  'REQUEST_FILENAME ',
  '"@streq /a" ',
  '"@rx ^\\/a$" ',
  'id:1,',
  'chain',
  'ctl:ruleRemoveById=1-3',
  'ctl:ruleRemoveTargetById=1;ARGS:x',
  'allow',
  '!ARGS:/x|y/',
  '942100 ',
  '"',
  "'",
  ',',
  '\\',
  '\n',
  '\r\n',
  '\\\n',
  ' ',
  '\t',
  '\u0000',
  '\u00ff',
];
const soup = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((words) => words.join(''));
const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array).toString('latin1'));
const facts = gatherFacts('/nonexistent', []);

function useAll(file: ExclusionFile): void {
  for (const unit of file.units) {
    if (unit.host !== undefined) scopeOf(unit.host.rule);
    lint(unit, file, { engine: 'modsecurity3', facts, files: [file] });
    lint(unit, file, { engine: 'modsecurity2', facts, files: [file] });
    withoutUnits(file, new Set([unit]));
  }
  withoutUnits(file, new Set(file.units));
  partOf(file, 'before', { left: new Set(file.units) });
  partOf(file, 'after', { left: new Set(file.units) });
}

describe('any text', () => {
  it('can be read and rendered, and stays as it is when nothing is left out', () => {
    fc.assert(
      fc.property(fc.oneof(soup, bytes), (text) => {
        const file = readExclusionFile('a.conf', text);
        useAll(file);
        expect(withoutUnits(file, new Set())).toBe(text);
        const lines = text.split('\n').length;
        for (const { at } of file.units) expect(at.line).toBeLessThanOrEqual(lines);
      }),
      { numRuns: 1000 },
    );
  });

  // What takes more than linear time does not come back from a megabyte within the time that a test has.
  it.each([
    ['quotes', '"'],
    ['backslashes', '\\'],
    ['commas', ','],
    ['apostrophes', "'"],
    ['continued lines', '\\\n'],
    ['comments that go on', '#SecRule \\\n'],
    ['chains', 'SecRule A "@rx b" "chain"\n'],
    ['spaces', ' '],
    ['open rules', 'SecRule "'],
    ['patterns', 'SecRule REQUEST_URI "^\\x\\x" "ctl:ruleRemoveById=1"\n'],
  ])('of a megabyte of %s is read', (_, piece) => {
    const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
    expect(readExclusionFile('a.conf', text).text).toBe(text);
  });

  it('with many exclusions on one line is read and rendered', () => {
    const text = `SecAction "id:1${',ctl:ruleRemoveById=942100'.repeat(20_000)}"\n`;
    const file = readExclusionFile('a.conf', text);
    expect(file.units).toHaveLength(20_000);
    expect(withoutUnits(file, new Set(file.units))).toBe('SecAction "id:1"\n');
  });
});
