import { expect, test } from 'vitest';
import type { JsonValue } from '../../../../src/model/request.js';
import { aclCapacity, type Capacity, ruleCapacity, statementCapacity } from '../../../../src/waf/aws/acl/capacity.js';
import { noResources } from '../../../../src/waf/aws/source/acl-document.js';
import { readStatement } from '../../../../src/waf/aws/source/read-statement.js';
import { apiAnswer, apiRule, pathIs, readTexts } from '../source/acl-text.js';

const plain = [{ Priority: 0, Type: 'NONE' }];
const two = [
  { Priority: 0, Type: 'URL_DECODE' },
  { Priority: 1, Type: 'LOWERCASE' },
];

function onPath(rest: object, TextTransformations: readonly object[] = plain) {
  return { FieldToMatch: { UriPath: {} }, TextTransformations, ...rest } as JsonValue;
}

function byteMatch(PositionalConstraint: string, rest: object = {}) {
  return { ByteMatchStatement: onPath({ SearchString: 'YQ==', PositionalConstraint, ...rest }) };
}

function capacityOf(json: JsonValue): Capacity {
  return statementCapacity(readStatement(json, { encoding: 'base64', depth: 0 }), noResources);
}

const jsonBody = { FieldToMatch: { JsonBody: { MatchPattern: { All: {} }, MatchScope: 'ALL' } } };
const anyAddress = { HeaderName: 'X-Forwarded-For', FallbackBehavior: 'MATCH', Position: 'ANY' };

test.each<[string, JsonValue, number]>([
  ['a prefix', byteMatch('STARTS_WITH'), 2],
  ['a part', byteMatch('CONTAINS'), 10],
  ['a word', byteMatch('CONTAINS_WORD'), 10],
  ['two transformations', byteMatch('EXACTLY', { TextTransformations: two }), 22],
  ['JSON bodies', byteMatch('CONTAINS', jsonBody), 20],
  ['JSON bodies with two transformations', byteMatch('EXACTLY', { ...jsonBody, TextTransformations: two }), 24],
  ['all query arguments', byteMatch('EXACTLY', { FieldToMatch: { AllQueryArguments: {} } }), 12],
  ['a pattern', { RegexMatchStatement: onPath({ RegexString: 'a' }) }, 3],
  ['a set of patterns', { RegexPatternSetReferenceStatement: onPath({ ARN: 'a' }) }, 25],
  ['a length', { SizeConstraintStatement: onPath({ ComparisonOperator: 'GT', Size: 1 }) }, 1],
  ['SQL injection', { SqliMatchStatement: onPath({}) }, 20],
  ['SQL injection at the high level', { SqliMatchStatement: onPath({ SensitivityLevel: 'HIGH' }) }, 30],
  ['scripts', { XssMatchStatement: onPath({}, two) }, 60],
  ['countries', { GeoMatchStatement: { CountryCodes: ['DE', 'FR'] } }, 1],
  ['addresses', { IPSetReferenceStatement: { ARN: 'a' } }, 1],
  ['any forwarded address', { IPSetReferenceStatement: { ARN: 'a', IPSetForwardedIPConfig: anyAddress } }, 5],
  ['a label', { LabelMatchStatement: { Scope: 'LABEL', Key: 'a' } }, 1],
  ['a negation', { NotStatement: { Statement: byteMatch('EXACTLY') } }, 2],
  ['several', { OrStatement: { Statements: [byteMatch('EXACTLY'), byteMatch('CONTAINS')] } }, 12],
  ['a rate', { RateBasedStatement: { Limit: 100, AggregateKeyType: 'IP' } }, 2],
  [
    'a rate by keys of its own, of some requests',
    {
      RateBasedStatement: {
        Limit: 100,
        AggregateKeyType: 'CUSTOM_KEYS',
        CustomKeys: [{ IP: {} }, { HTTPMethod: {} }],
        ScopeDownStatement: byteMatch('EXACTLY'),
      },
    },
    64,
  ],
  ['a managed group', { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesSQLiRuleSet' } }, 200],
])('%s', (_, statement, units) => {
  expect(capacityOf(statement)).toEqual({ units, missing: [], isEstimate: false });
});

test('every five labels of a rule take one unit', () => {
  const statement = { kind: 'label', scope: 'LABEL', key: 'a' } as const;
  const counts = [0, 1, 5, 6].map((length) =>
    ruleCapacity({ statement, labels: Array(length).fill('x') }, noResources),
  );
  expect(counts.map(({ units }) => units)).toEqual([1, 2, 2, 3]);
});

test('what nobody here knows is named, and what AWS does not say is an estimate', async () => {
  const arn = 'arn:aws:wafv2:eu-west-1:111122223333:regional/rulegroup/own/1';
  const group = { ManagedRuleGroupStatement: { VendorName: 'Fortinet', Name: 'all_rules' } };
  const early = [{ Priority: 0, Type: 'URL_DECODE' }];
  const files = {
    acl: apiAnswer([
      apiRule(group),
      apiRule({ RuleGroupReferenceStatement: { ARN: arn } }),
      apiRule({ RuleGroupReferenceStatement: { ARN: `${arn}2` } }),
      apiRule({}),
      apiRule(byteMatch('EXACTLY', { FieldToMatch: { AllQueryArguments: {} }, PreParseTextTransformations: early })),
    ]),
    group: { RuleGroup: { ARN: arn, Name: 'own', Rules: [apiRule(pathIs('L2E='))] } },
  };
  const { acl, resources } = await readTexts(files as never);
  expect(aclCapacity(acl, resources)).toEqual({
    units: 24,
    missing: ['Fortinet#all_rules', `${arn}2`, expect.stringContaining('the statement is empty')],
    isEstimate: true,
  });
});
