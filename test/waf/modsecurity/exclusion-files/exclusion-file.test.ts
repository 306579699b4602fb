import { describe, expect, it } from 'vitest';
import { readExclusionFile } from '../../../../src/waf/modsecurity/exclusion-files/exclusion-file.js';
import { partOf, withoutUnits } from '../../../../src/waf/modsecurity/exclusion-files/render.js';
import { scopeOf } from '../../../../src/waf/modsecurity/exclusion-files/scope.js';

const text = `# A comment \\
SecRule REQUEST_METHOD "@streq POST" "id:10001,phase:1,pass,nolog,chain"
  SecRule REQUEST_FILENAME "@streq /größe" \\
    "t:none,\\
    ctl:ruleRemoveTargetById=942100;ARGS:größe,\\
    ctl:ruleRemoveByTag=attack-xss"
#SecRule ARGS "@rx a" \\
    "id:7,pass,ctl:ruleRemoveById=1"
SecAction "id:10002,phase:1,nolog,msg:'a, ctl:ruleRemoveById=2',setvar:'tx.inbound_anomaly_score_threshold=9',allow"
SecRuleRemoveById 942100 "1-3"
SecRuleUpdateTargetByTag "attack-sqli" "!ARGS:a|ARGS:b,!ARGS:c"
SecRuleUpdateActionById 942110 "pass,nolog"
SecMarker END
`;

const file = readExclusionFile('house.conf', Buffer.from(text).toString('latin1'));

function without(index: number): string {
  const unit = file.units[index];
  const left = withoutUnits(file, new Set(unit === undefined ? [] : [unit]));
  return Buffer.from(left, 'latin1').toString();
}

describe('the exclusions of a file', () => {
  it('are found with their places, through comments, continued lines and quotes', () => {
    expect(file.units.map(({ at, text: shown }) => `${at.line}:${at.column} ${shown}`)).toEqual([
      '5:5 ctl:ruleRemoveTargetById=942100;ARGS:größe',
      '6:5 ctl:ruleRemoveByTag=attack-xss',
      "9:65 setvar:'tx.inbound_anomaly_score_threshold=9'",
      '9:111 allow',
      '10:1 SecRuleRemoveById 942100',
      '10:26 SecRuleRemoveById "1-3"',
      '11:1 SecRuleUpdateTargetByTag "attack-sqli" "!ARGS:a"',
      '11:56 SecRuleUpdateTargetByTag "attack-sqli" "!ARGS:c"',
      '12:1 SecRuleUpdateActionById 942110 "pass,nolog"',
    ]);
  });

  it('know the rule that they hang on', () => {
    const [first] = file.units;
    expect(first?.host).toMatchObject({ link: 1, rule: { id: 10_001, phase: 1 } });
    expect(first?.host && scopeOf(first.host.rule)).toEqual({
      path: { kind: 'exact', text: '/größe' },
      method: 'POST',
      limitsMethod: true,
      limitsOther: false,
    });
  });

  it('can be left out one by one, and nothing else changes', () => {
    expect(without(0)).toBe(text.replace('    ctl:ruleRemoveTargetById=942100;ARGS:größe,\\\n', ''));
    expect(without(1)).toBe(text.replace(',\\\n    ctl:ruleRemoveByTag=attack-xss', ''));
    expect(without(3)).toBe(text.replace(',allow"', ',pass"'));
    expect(without(4)).toBe(text.replace('942100 "1-3"', '"1-3"'));
    expect(without(5)).toBe(text.replace(' "1-3"', ''));
    expect(without(6)).toBe(text.replace('!ARGS:a|ARGS:b', 'ARGS:b'));
    expect(without(7)).toBe(text.replace(',!ARGS:c', ''));
    expect(without(8)).toBe(text.replace('SecRuleUpdateActionById 942110 "pass,nolog"', ''));
  });

  it('leave the rule behind when all are left out', () => {
    const lines = withoutUnits(file, new Set(file.units)).split('\n');
    const [action, remove] = [lines[6], lines[7]];
    expect(lines[3]).toBe('    "t:none"');
    expect(action).toBe(`SecAction "id:10002,phase:1,nolog,msg:'a, ctl:ruleRemoveById=2',pass"`);
    expect(remove).toBe('');
  });

  it('are read before or after the rules, line by line where they were', () => {
    const [before, after] = [partOf(file, 'before', { left: new Set() }), partOf(file, 'after', { left: new Set() })];
    const lines = text.split('\n');
    const kept = (part = '') => part.split('\n').map((line, i) => Buffer.from(line, 'latin1').toString() === lines[i]);
    expect(kept(before).slice(0, 13)).toEqual([...Array(9).fill(true), false, false, false, true]);
    expect(kept(after).slice(9, 12)).toEqual([true, true, true]);
    expect(after).not.toMatch(/SecAction|SecMarker/);
    expect(partOf(readExclusionFile('a.conf', 'SecRuleRemoveById 1'), 'before', { left: new Set() })).toBeUndefined();
  });

  it('are expected where the name of the file says', () => {
    const namedAs = (name: string) => readExclusionFile(name, '').named;
    expect(namedAs('rules/REQUEST-900-EXCLUSION-RULES-BEFORE-CRS.conf')).toBe('before');
    expect(namedAs('RESPONSE-999-EXCLUSION-RULES-AFTER-CRS.conf')).toBe('after');
    expect(namedAs('before-and-after.conf')).toBeUndefined();
  });
});

describe('the scope of a rule', () => {
  it.each([
    ['REQUEST_FILENAME "@streq /a"', { kind: 'exact', text: '/a' }],
    ['REQUEST_FILENAME "@rx ^/a/b\\.php$"', { kind: 'exact', text: '/a/b.php' }],
    ['REQUEST_FILENAME "@rx \\A\\x2fa\\x20b\\z"', { kind: 'exact', text: '/a b' }],
    ['REQUEST_URI "@beginsWith /a"', { kind: 'prefix', text: '/a' }],
    ['REQUEST_FILENAME "^/a"', { kind: 'prefix', text: '/a' }],
    ['REQUEST_FILENAME "@rx ^/a(?:/|$)"', { kind: 'subtree', text: '/a' }],
    ['REQUEST_FILENAME "@rx ^/a/[0-9]+$"', { kind: 'pattern', text: '^/a/[0-9]+$' }],
    ['REQUEST_URI "@contains /a"', { kind: 'loose', text: '/a' }],
    ['REQUEST_FILENAME "!@streq /a"', undefined],
    ['ARGS:path "@streq /a"', undefined],
  ])('of %s', (condition, path) => {
    const { rules } = readExclusionFile('a.conf', `SecRule ${condition} "id:1,phase:1,pass"`);
    const [rule] = rules;
    expect(rule && scopeOf(rule)).toEqual({
      ...(path && { path }),
      limitsMethod: false,
      limitsOther: path === undefined,
    });
  });
});
