import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AuditNote } from '../../../../src/model/audit.js';
import type { EngineName } from '../../../../src/waf/modsecurity/dialects/rule-dialect.js';
import { readExclusionFile } from '../../../../src/waf/modsecurity/exclusion-files/exclusion-file.js';
import { lint } from '../../../../src/waf/modsecurity/exclusion-files/lint.js';
import { gatherFacts } from '../../../../src/waf/modsecurity/exclusion-files/rule-facts.js';
import { crsFolder } from '../../../../src/waf/modsecurity/rule-plan.js';
import { form, ruleFile, ruleFolder, startTestEngine } from '../engine-fixture.js';

const rules = `
SecRule ARGS "@contains evil" "id:942100,phase:2,pass,log,msg:'First',tag:'attack-one'"
SecRule ARGS "@contains evil" "id:942101,phase:2,pass,log,msg:'Second',tag:'attack-two'"
SecRule ARGS_POST "@contains evil" "id:942102,phase:2,pass,log,msg:'Third',tag:'attack-two'"
SecRule REQUEST_METHOD "@streq POST" "id:942103,phase:2,pass,log,msg:'Fourth',chain"
    SecRule ARGS "@contains evil" "t:none"
`;
const crs = ruleFolder(rules);
const all = [942100, 942101, 942102, 942103];

function notesOn(text: string, engine: EngineName, { name = 'a.conf', folder = crs } = {}): readonly AuditNote[] {
  const file = readExclusionFile(name, text);
  const facts = gatherFacts(folder, file.rules);
  return file.units.flatMap((unit) => lint(unit, file, { engine, facts, files: [file] }));
}

function kinds(text: string, engine: EngineName, more: { name?: string; folder?: string } = {}): readonly string[] {
  return notesOn(text, engine, more).map(({ kind }) => kind);
}

/** The rules that fire on `x=evil` under exclusions; nothing where the engine refuses them. */
async function firing(text: string): Promise<readonly number[] | undefined> {
  const isRuntime = /^Sec(?:Rule|Action) /.test(text);
  const files = [ruleFile('a.conf', `${text}\n`)];
  const place = isRuntime ? { rulesBefore: files } : { rulesAfter: files };
  const engine = await startTestEngine({ crs, ...place }).catch(() => undefined);
  if (engine === undefined) return undefined;
  try {
    const { record } = await engine.evaluate(form(['x', 'evil']), 'w7-notes');
    return record?.hits.map(({ ruleId }) => Number(ruleId)).filter((id) => all.includes(id)) ?? [];
  } finally {
    await engine.close();
  }
}

const action = (text: string) => `SecAction "id:10001,phase:1,pass,nolog,${text}"`;
const without = (...ids: readonly number[]) => all.filter((id) => !ids.includes(id));

describe('what is said of ModSecurity 3 is what it does', () => {
  it.each<[string, AuditNote['kind'] | undefined, readonly number[] | undefined]>([
    ['SecRuleRemoveById 942100', undefined, without(942100)],
    ['SecRuleRemoveById 942100,942101', 'partial', without(942100)],
    ['SecRuleRemoveById 942100,942102-942103', 'broad', []],
    ['SecRuleRemoveById "942100"', 'refused', undefined],
    ['SecRuleRemoveById abc', 'refused', undefined],
    ['SecRuleRemoveById 942199', 'silent', all],
    ['SecRuleRemoveByTag "attack-two"', undefined, without(942101, 942102)],
    ['SecRuleRemoveByTag "attack"', 'silent', all],
    ['SecRuleRemoveByMsg "First"', undefined, without(942100)],
    ['SecRuleUpdateTargetById 942100 "!ARGS:x"', undefined, without(942100)],
    ['SecRuleUpdateTargetById 942100-942101 "!ARGS:x"', 'partial', without(942100)],
    ['SecRuleUpdateTargetById 942100,942101 "!ARGS:x"', 'partial', without(942100)],
    ['SecRuleUpdateTargetById 942100 "!ARGS:x" "ARGS:y"', 'refused', undefined],
    ['SecRuleUpdateTargetById 942102 "!ARGS:x"', 'silent', all],
    ['SecRuleUpdateTargetById 942103 "!ARGS:x"', 'silent', all],
    ['SecRuleUpdateTargetById 942100 "!ARGS"', 'broad', without(942100)],
    [action('ctl:ruleRemoveById=942100-942101'), undefined, without(942100, 942101)],
    [action('ctl:ruleRemoveById=942100 942101'), 'refused', undefined],
    [action('ctl:ruleRemoveByMsg=First'), 'refused', undefined],
    [action('ctl:ruleRemoveByTag=attack-two'), undefined, without(942101, 942102)],
    [action('ctl:ruleRemoveTargetById=942100;ARGS:x'), undefined, without(942100)],
    [action('ctl:ruleRemoveTargetById=942100-942101;ARGS:x'), 'partial', without(942100)],
    [action('ctl:ruleRemoveTargetById=942100;ARGS:/x/'), 'silent', all],
    [action('ctl:ruleRemoveTargetById=942100;args:x'), 'silent', all],
    [action('ctl:ruleRemoveTargetById=942100;ARGS:y;ARGS:x'), 'partial', all],
    [action('ctl:ruleRemoveTargetById=942100;!ARGS:x'), 'refused', undefined],
    [action('ctl:ruleRemoveTargetById=942100;ARGS:a b'), 'refused', undefined],
    [action('ctl:ruleRemoveTargetById=942103;ARGS:x'), 'silent', all],
    [action('ctl:ruleEngine=Off'), 'broad', []],
    [action('ctl:requestBodyAccess=Off'), 'broad', []],
    ['SecAction "id:10001,phase:3,pass,nolog,ctl:ruleRemoveById=942100"', 'misplaced', all],
  ])('%s', async (text, kind, expected) => {
    expect(kinds(text, 'modsecurity3')).toEqual(kind === undefined ? [] : [kind]);
    expect(await firing(text)).toEqual(expected);
  });
});

describe('what is said of ModSecurity 2', () => {
  it.each<[string, readonly AuditNote['kind'][]]>([
    ['SecRuleRemoveById "942100-942101"', []],
    ['SecRuleRemoveById "942100 942101"', ['partial']],
    ['SecRuleRemoveById 942100,942101', []],
    ['SecRuleRemoveById abc', ['silent']],
    ['SecRuleRemoveByTag "^attack-one$"', []],
    ['SecRuleRemoveByTag "attack"', ['partial']],
    ['SecRuleUpdateTargetById 942100-942101 "!ARGS:x"', []],
    ['SecRuleUpdateTargetById 942103 "!ARGS:x"', []],
    ['SecRuleUpdateTargetById 942100 "!ARGS:/pass/"', ['broad']],
    ['SecRuleUpdateTargetById 942100 "!ARGS:/(?-i:\\Apass\\z)/"', []],
    [action('ctl:ruleRemoveTargetById=942100;ARGS:a b'), []],
    [action('ctl:ruleRemoveTargetById=942100;!ARGS:x'), ['silent']],
    ['SecAction "id:10001,phase:1,nolog,ctl:ruleRemoveById=942100"', ['broad']],
    [
      'SecRule REQUEST_METHOD "@streq POST" "id:10001,phase:1,pass,ctl:ruleRemoveById=942100,chain"\n  SecRule REQUEST_FILENAME "@streq /a" ""',
      ['broad'],
    ],
    [`${action('ctl:ruleRemoveById=942100')}\n${action('nolog')}`, ['refused']],
  ])('%s', (text, expected) => {
    expect(kinds(text, 'modsecurity2')).toEqual(expected);
  });

  it('is where a directive stands', () => {
    const text = 'SecRuleRemoveById 942100';
    expect(kinds(text, 'modsecurity2', { name: 'rules-before.conf' })).toEqual(['misplaced']);
    expect(kinds(text, 'modsecurity3', { name: 'rules-before.conf' })).toEqual([]);
  });
});

describe('what is said of any engine', () => {
  const rule = (condition: string, phase = 1) =>
    `SecRule ${condition} "id:10001,phase:${phase},pass,nolog,ctl:ruleRemoveById=942100"`;

  it.each<[string, readonly AuditNote['kind'][]]>([
    [rule('REQUEST_FILENAME "@streq /a"'), []],
    [rule('REQUEST_FILENAME "@rx ^/a(?:/|$)"'), []],
    [rule('REQUEST_FILENAME "@beginsWith /a/"'), []],
    [rule('REQUEST_FILENAME "@beginsWith /a"'), ['broad']],
    [rule('REQUEST_FILENAME "@rx ^/a"'), ['broad']],
    [rule('REQUEST_FILENAME "@rx /a$"'), ['broad']],
    [rule('REQUEST_FILENAME "@endsWith /a"'), ['broad']],
    [rule('REQUEST_URI "@contains /a"'), ['broad']],
    [rule('REQUEST_URI "@streq /a"'), ['partial']],
    [rule('REQUEST_URI "@within /a /b"'), ['broad']],
    [rule('ARGS_POST:a "@streq b"'), ['misplaced']],
    [rule('ARGS_POST:a "@streq b"', 2), []],
  ])('%s', (text, expected) => {
    for (const engine of ['modsecurity2', 'modsecurity3'] as const) expect(kinds(text, engine)).toEqual(expected);
  });

  it('is that an action behind the rules comes too late for those of its phase', () => {
    const late = { name: 'rules-after.conf' };
    expect(kinds(rule('REQUEST_FILENAME "@streq /a"', 2), 'modsecurity3', late)).toEqual(['misplaced']);
    expect(kinds(rule('REQUEST_FILENAME "@streq /a"', 1), 'modsecurity3', late)).toEqual([]);
  });

  it('names rules that others rely on, in the rules that are loaded', () => {
    const folder = crsFolder({});
    const texts = (text: string) => notesOn(text, 'modsecurity3', { folder }).map((note) => note.text);
    expect(texts('SecRuleRemoveByTag "attack-generic"')).toEqual([
      expect.stringMatching(/rule 949110 .*nothing is blocked any more$/),
    ]);
    expect(texts('SecRuleRemoveById 942000-942199')).toEqual([
      expect.stringMatching(/rule 942011 selects the paranoia level, and \d+ more rules/),
    ]);
    expect(texts('SecRuleUpdateActionById 942100 "pass,nolog"')).toEqual([expect.stringMatching(/adds to the score/)]);
    expect(texts('SecRuleUpdateTargetById 942100 "!ARGS_GET:q"')).toEqual([
      'rule 942100 does not look at ARGS_GET but at ARGS_NAMES, ARGS',
    ]);
    expect(texts(`Include ${join('x', 'y')}`)).toEqual([]);
  });
});
