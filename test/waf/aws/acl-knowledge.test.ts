import { expect, test } from 'vitest';
import type { AclStatement } from '../../../src/waf/aws/acl/statement.js';
import type { AclRule } from '../../../src/waf/aws/acl/web-acl.js';
import { aclKnowledge } from '../../../src/waf/aws/acl-knowledge.js';
import { findRecords } from '../../../src/waf/aws/logs/find-records.js';
import { fullRecord, group } from './logs/records.js';

function rule(name: string, statement: AclStatement): AclRule {
  return { name, priority: 0, statement, labels: [], visibility: {}, place: '' };
}

const geo: AclStatement = { kind: 'geo', countries: ['DE'] };
const inspect = { field: { kind: 'uri-path' }, preParse: [], transformations: ['NONE'] } as const;
const path: AclStatement = { kind: 'xss', inspect };
const core = { kind: 'managed-group', vendor: 'AWS', name: 'AWSManagedRulesCommonRuleSet', overrides: [] } as const;
const house = 'arn:aws:wafv2:eu-central-1:111122223333:regional/rulegroup/house/5f5f';
const acl = aclKnowledge({
  rules: [
    rule('countries', { kind: 'not', statement: geo }),
    rule('countries-at-login', { kind: 'and', statements: [geo, path] }),
    rule('addresses', { kind: 'ip-set', ref: 'arn:…' }),
    rule('bots', { kind: 'label', scope: 'LABEL', key: 'awswaf:managed:aws:bot-control:signal:known_bot_data_center' }),
    rule('first', core),
    rule('second', { kind: 'rule-group', ref: house, overrides: [] }),
  ],
});

function refusedBy(name: string, changes: Readonly<Record<string, unknown>> = {}) {
  const record = fullRecord({ action: 'BLOCK', terminatingRuleId: name, ...changes });
  return findRecords(record, acl).records[0]?.blockedBy;
}

test('what a rule looks at tells what its refusal is about', () => {
  expect(refusedBy('countries')).toEqual({ kind: 'geo', ruleId: 'countries', ofClient: true });
  expect(refusedBy('addresses')).toMatchObject({ kind: 'ip', ofClient: true });
  expect(refusedBy('bots')).toMatchObject({ kind: 'bot', ofClient: true });
  expect(refusedBy('countries-at-login')).toEqual({ kind: 'rule', ruleId: 'countries-at-login' });
  expect(refusedBy('not-in-the-acl')).toEqual({ kind: 'rule', ruleId: 'not-in-the-acl' });
});

test('the group that a rule refers to is the one that ended, wherever it stands', () => {
  const ended = (ruleId: string) => ({ terminatingRule: { ruleId, action: 'BLOCK' } });
  const ruleGroupList = [
    group('AWS#AWSManagedRulesCommonRuleSet', ended('GenericLFI_BODY')),
    group(house, ended('own')),
  ];
  const [type, no] = ['MANAGED_RULE_GROUP', undefined];
  expect(refusedBy('first', { terminatingRuleType: type, ruleGroupList })?.ruleId).toBe(
    'AWS#AWSManagedRulesCommonRuleSet#GenericLFI_BODY',
  );
  expect(refusedBy('second', { terminatingRuleType: no, ruleGroupList })?.ruleId).toBe('house#own');
  expect(refusedBy('second', { terminatingRuleType: no, ruleGroupList: [ruleGroupList[0]] })?.ruleId).toBeUndefined();
});
