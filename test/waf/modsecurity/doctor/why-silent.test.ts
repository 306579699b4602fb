import { expect, test } from 'vitest';
import type { WafInfo } from '../../../../src/model/report.js';
import { whySilent } from '../../../../src/waf/modsecurity/doctor/why-silent.js';
import type { ModsecurityRecord } from '../../../../src/waf/modsecurity/log-record.js';

const hit: ModsecurityRecord['hits'][number] = { ruleId: 10001, message: 'a house rule', tags: [], matches: [] };

function entry(waf: Partial<WafInfo>, hits: ModsecurityRecord['hits'] = []): ModsecurityRecord {
  return { action: 'passed', waf: { kind: 'modsecurity', ...waf }, hits };
}

const version = 'ModSecurity 3.0.9';

test('an engine that leaves nothing of rules in its log has none', () => {
  expect(whySilent(entry({ version }))?.reason).toBe(
    'ModSecurity 3.0.9 names no rule set, no paranoia level and no threshold',
  );
});

test.each<[string, ModsecurityRecord]>([
  ['names a rule set', entry({ version, ruleset: 'OWASP_CRS/3.3.4' })],
  ['tells a paranoia level', entry({ version, paranoia: 1 })],
  ['tells a threshold', entry({ version, threshold: 5 })],
  ['had a rule match', entry({ version }, [hit])],
])('an engine that %s has rules', (_, record) => {
  expect(whySilent(record)).toBeUndefined();
});

test('a log that does not say which engine wrote it says nothing of its rules', () => {
  expect(whySilent(entry({}))).toBeUndefined();
});
