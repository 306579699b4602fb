import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planCrs } from '../../../src/waf/modsecurity/rule-plan.js';
import { ruleFile } from './engine-fixture.js';

const options = { rulesBefore: [], rulesAfter: [], mode: 'block' as const };

describe('the plan of an engine', () => {
  it('has rules of our own around the Core Rule Set, inside those of the user', () => {
    const crs = mkdtempSync(join(tmpdir(), 'wafproof-rules-'));
    mkdirSync(join(crs, 'rules'));
    writeFileSync(join(crs, 'rules', 'crs.conf'), 'SecAction "id:1,phase:1,pass"\n');
    const [first, last] = ['first.conf', 'last.conf'].map((name) => ruleFile(name, ''));
    const trial = { before: '# before\n', after: '# after\n' };
    const given = { crs, rulesBefore: [first ?? ''], rulesAfter: [last ?? ''], trial };
    const parts = planCrs({ ...options, ...given, sharesCrs: true }).filter(
      (part) => !('text' in part) || part.text !== '',
    );
    expect(parts.map((part) => ('file' in part ? basename(part.file) : part.text))).toEqual([
      'first.conf',
      '# before\n',
      'crs.conf',
      '# after\n',
      'last.conf',
    ]);
    expect(parts.map((part) => 'isShared' in part)).toEqual([false, false, true, false, false]);
  });
});
