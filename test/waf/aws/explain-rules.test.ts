import { expect, test } from 'vitest';
import { explainAwsRules } from '../../../src/waf/aws/explain-rules.js';
import { managedGroups } from '../../../src/waf/aws/managed/managed-groups.js';

test('rules of managed groups are told as the developer guide does', async () => {
  const ids = ['SizeRestrictions_BODY', 'NoUserAgent_HEADER', 'GenericLFI_QUERYARGUMENTS'];
  const told = await explainAwsRules(ids.map((name) => `AWS#AWSManagedRulesCommonRuleSet#${name}`));
  expect(told.map(({ sentence }) => sentence)).toEqual([
    'It matches where the body is longer than 8192 bytes.',
    'It matches where the header User-Agent is missing.',
    'It looks in the values of the query for this: Path traversal. Its pattern is not public.',
  ]);
  expect(told[0]?.source?.text).toContain('AWSManagedRulesCommonRuleSet');
});

test('nothing is said of rules that are not public', async () => {
  expect(await explainAwsRules(['mine', 'Group#mine', 'AWS#Nothing#mine', 1])).toEqual([]);
});

test('no sentence of a published rule is empty', async () => {
  const ids = managedGroups.flatMap(({ vendor, name, rules }) => rules.map((rule) => `${vendor}#${name}#${rule.name}`));
  for (const { sentence } of await explainAwsRules(ids)) expect(sentence).toMatch(/^It .*\.$/);
});
