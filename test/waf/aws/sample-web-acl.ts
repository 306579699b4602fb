import type { JsonObject } from '../../../src/waf/aws/api/json-object.js';

export const aclArn =
  'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/staging/11111111-2222-4333-8444-555555555555';

const visible = (name: string): JsonObject => ({
  SampledRequestsEnabled: true,
  CloudWatchMetricsEnabled: true,
  MetricName: name,
});

/** A web ACL as `GetWebACL` tells it: a managed group, a rule of one's own, and one that limits the rate. */
export const sampleWebAcl: JsonObject = {
  Name: 'staging',
  Id: '11111111-2222-4333-8444-555555555555',
  ARN: aclArn,
  DefaultAction: { Allow: {} },
  LabelNamespace: 'awswaf:111122223333:webacl:staging:',
  Capacity: 704,
  VisibilityConfig: visible('staging-acl'),
  Rules: [
    {
      Name: 'crs',
      Priority: 10,
      OverrideAction: { None: {} },
      Statement: {
        ManagedRuleGroupStatement: {
          VendorName: 'AWS',
          Name: 'AWSManagedRulesCommonRuleSet',
          Version: 'Version_1.17',
          RuleActionOverrides: [{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }],
        },
      },
      VisibilityConfig: visible('crs-metric'),
    },
    {
      Name: 'no-teapots',
      Priority: 20,
      Action: { Block: {} },
      Statement: {
        ByteMatchStatement: {
          SearchString: 'L3RlYXBvdA==',
          FieldToMatch: { UriPath: {} },
          TextTransformations: [{ Priority: 0, Type: 'NONE' }],
          PositionalConstraint: 'EXACTLY',
        },
      },
      VisibilityConfig: visible('teapots'),
    },
    {
      Name: 'slowly',
      Priority: 30,
      Action: { Block: {} },
      Statement: { RateBasedStatement: { Limit: 100, AggregateKeyType: 'IP' } },
      VisibilityConfig: visible('slowly'),
    },
  ],
};
