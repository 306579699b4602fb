import { expect, test } from 'vitest';
import { compileAcl } from '../../../../src/waf/aws/evaluate/compile-acl.js';
import { aclWith, coreRules, ruleWith, sourceOf } from '../acls.js';

const request = { method: 'GET', path: '/', headers: [], body: '', client: {}, tokens: {}, front: 'alb' } as const;
const key = 'awswaf:managed:aws:core-rule-set:GenericLFI_Body';
const label = { kind: 'label', scope: 'LABEL', key } as const;
const acl = aclWith([{ ...coreRules(0), override: 'count' }, ruleWith('again', 1, { statement: label })]);
const group = 'AWS#AWSManagedRulesCommonRuleSet';
const observed = { groups: new Map([[group, { matched: ['GenericLFI_BODY'], isComplete: true }]]) };

test('a rule that matched and whose label nobody knows leaves open what is blocked by a label', () => {
  const answer = compileAcl(sourceOf(acl), () => undefined)(request, { observed });
  expect(answer.action).toBeUndefined();
  expect(answer.undecided[0]?.undecided.why).toBe('it is not known which label it sets');
});

test('the labels that were seen tell', () => {
  const answer = (labels: readonly string[]) =>
    compileAcl(sourceOf(acl), () => undefined)(request, { observed: { ...observed, labels } });
  expect(answer([]).action).toBe('allow');
});
