import { afterEach, describe, expect, it } from 'vitest';
import type { CheckOutcome, Observations } from '../../../../src/contract/check.js';
import type { JsonObject } from '../../../../src/waf/aws/api/json-object.js';
import { openWafApi } from '../../../../src/waf/aws/api/waf-api.js';
import { readWebAclArn } from '../../../../src/waf/aws/api/web-acl-arn.js';
import { gatherAwsChecks } from '../../../../src/waf/aws/doctor/gather-checks.js';
import { awsPolicySetup } from '../../../../src/waf/aws/doctor/policy.js';
import type { WafApiSetup } from '../../../../src/waf/aws/lab/operations.js';
import { startWafApi } from '../../../../src/waf/aws/lab/start-waf-api.js';
import type { AwsRecord } from '../../../../src/waf/aws/log-record.js';
import { exception, startAnswering } from '../api/answering.js';
import { withAwsEnvironment } from '../credentials.js';
import { aclArn, sampleWebAcl } from '../sample-web-acl.js';

withAwsEnvironment();

const closing: (() => unknown)[] = [];

afterEach(async () => {
  delete process.env['AWS_ENDPOINT_URL_WAFV2'];
  for (const close of closing.splice(0).reverse()) await close();
});

const balancer = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/a/b';
const rules = ['NoUserAgent_HEADER', 'SizeRestrictions_BODY'].map((Name) => ({ Name, Action: { Block: {} } }));
const crs = { vendor: 'AWS', name: 'AWSManagedRulesCommonRuleSet', description: { Rules: rules } };
const full = { ResourceArn: aclArn, LogDestinationConfigs: ['arn:aws:s3:::aws-waf-logs-a'] };

const healthy: WafApiSetup = {
  acl: sampleWebAcl,
  scope: 'REGIONAL',
  attached: { APPLICATION_LOAD_BALANCER: [balancer] },
  logging: full,
  managedGroups: [
    { ...crs, version: 'Version_1.17', isDefault: false },
    { ...crs, version: 'Version_1.18', isDefault: true },
  ],
};

type Outcomes = Readonly<Record<string, CheckOutcome>>;

/** What the checks find, for a run of 0.1 requests a second whose largest body has 9,000 bytes. */
async function outcomesAt(url: string, rate: number | undefined = 0.1): Promise<Outcomes> {
  process.env['AWS_ENDPOINT_URL_WAFV2'] = url;
  const open = (region: string) => openWafApi({ region, perSecond: 1000 });
  const checks = await gatherAwsChecks(readWebAclArn(aclArn), open);
  const seen = { target: { rate }, largest: { id: 'upload', bytes: 9000 } } as unknown as Observations<AwsRecord>;
  return Object.fromEntries(checks.map((check) => [check.id, check.examine(seen)]));
}

async function outcomesOf(more: Partial<WafApiSetup> = {}, rate?: number): Promise<Outcomes> {
  const server = await startWafApi({ ...healthy, ...more });
  closing.push(server.close);
  return outcomesAt(server.url, rate);
}

const withAcl = (more: JsonObject): Partial<WafApiSetup> => ({ acl: { ...sampleWebAcl, ...more } });
const filtered = (Behavior: string, Action: string, DefaultBehavior: string): Partial<WafApiSetup> => ({
  logging: {
    ...full,
    LoggingFilter: {
      DefaultBehavior,
      Filters: [{ Behavior, Requirement: 'MEETS_ANY', Conditions: [{ ActionCondition: { Action } }] }],
    },
  },
});
const hiding = (FieldKeys: readonly string[]): Partial<WafApiSetup> =>
  withAcl({
    DataProtectionConfig: {
      DataProtections: [{ Field: { FieldType: 'SINGLE_HEADER', FieldKeys }, Action: 'SUBSTITUTION' }],
    },
  });
const [group, ...otherRules] = sampleWebAcl['Rules'] as readonly JsonObject[];
const managed = (more: JsonObject): Partial<WafApiSetup> => {
  const ManagedRuleGroupStatement = { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet', ...more };
  return withAcl({ Rules: [{ ...group, Statement: { ManagedRuleGroupStatement } }, ...otherRules] });
};
const unsampled = { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: true, MetricName: 'x' };
const body = (limit: string) => ({
  RequestBody: { APPLICATION_LOAD_BALANCER: { DefaultSizeInspectionLimit: limit } },
});

/** What is set up, the check that looks at it, and what it finds. */
const findings: readonly (readonly [string, Partial<WafApiSetup>, string, CheckOutcome['status'], RegExp])[] = [
  ['a web ACL', {}, 'web-acl', 'ok', /^web ACL staging: 3 rules, 704 capacity units$/],
  ['all permissions', {}, 'web-acl-permissions', 'ok', /no permission is missing/],
  ['a load balancer', {}, 'web-acl-attached', 'ok', /it protects arn:.*loadbalancer/],
  ['nothing attached', { attached: {} }, 'web-acl-attached', 'failed', /protects nothing/],
  ['full logs', {}, 'web-acl-logging', 'ok', /go to arn:aws:s3:::aws-waf-logs-a, without a filter/],
  [
    'a filter that keeps blocks',
    filtered('KEEP', 'BLOCK', 'DROP'),
    'web-acl-logging',
    'failed',
    /drops requests with the action ALLOW$/,
  ],
  [
    'a filter that drops blocks',
    filtered('DROP', 'BLOCK', 'KEEP'),
    'web-acl-logging',
    'failed',
    /with the action BLOCK$/,
  ],
  [
    'a filter that drops counts',
    filtered('DROP', 'COUNT', 'KEEP'),
    'web-acl-logging',
    'ok',
    /without a filter that drops/,
  ],
  [
    'a redacted header',
    { logging: { ...full, RedactedFields: [{ SingleHeader: { Name: 'x-wafproof-id' } }] } },
    'web-acl-redaction',
    'failed',
    /RedactedFields .* hides X-Wafproof-Id/,
  ],
  [
    'another redacted header',
    { logging: { ...full, RedactedFields: [{ SingleHeader: { Name: 'cookie' } }] } },
    'web-acl-redaction',
    'ok',
    /hidden neither/,
  ],
  ['data protection of our header', hiding(['X-WAFPROOF-ID']), 'web-acl-redaction', 'failed', /from logs and samples/],
  ['data protection of another header', hiding(['authorization']), 'web-acl-redaction', 'ok', /hidden neither/],
  ['samples', {}, 'web-acl-sampling', 'ok', /samples of each rule/],
  [
    'no samples of the default action',
    withAcl({ VisibilityConfig: unsampled }),
    'web-acl-sampling',
    'warning',
    /no samples of Default_Action/,
  ],
  ['the usual body limit', {}, 'web-acl-body', 'warning', /first 8192 bytes are inspected, and upload has 9000/],
  ['a raised body limit', withAcl({ AssociationConfig: body('KB_16') }), 'web-acl-body', 'ok', /first 16384 bytes/],
  ['a version that AWS lists', {}, 'web-acl-groups', 'ok', /^AWSManagedRulesCommonRuleSet Version_1.17$/],
  [
    'the default version',
    managed({}),
    'web-acl-groups',
    'ok',
    /^AWSManagedRulesCommonRuleSet Version_1.18 \(default\)$/,
  ],
  [
    'an override that no rule has',
    managed({ RuleActionOverrides: [{ Name: 'sizerestrictions_body', ActionToUse: { Count: {} } }] }),
    'web-acl-groups',
    'failed',
    /AWSManagedRulesCommonRuleSet#sizerestrictions_body; AWS passes them over/,
  ],
  [
    'a version that is gone',
    managed({ Version: 'Version_1.0' }),
    'web-acl-groups',
    'failed',
    /no more: AWSManagedRulesCommonRuleSet Version_1.0;/,
  ],
  [
    'a rate below that of the rule',
    {},
    'web-acl-rates',
    'ok',
    /rule slowly allows 100 requests in 300 s, and the run sends 0.1 a second/,
  ],
];

describe("the preflight of a web ACL, with the lab's stand-in of the WAFv2 API", () => {
  it.each(findings)('finds %s', async (_, setup, id, status, detail) => {
    const outcome = (await outcomesOf(setup))[id];
    expect(outcome).toMatchObject({ status, detail: expect.stringMatching(detail) });
    expect(outcome?.fix === undefined).toBe(status === 'ok');
  });

  it('says that there are no full logs', async () => {
    const { logging: _, ...without } = healthy;
    const server = await startWafApi(without);
    closing.push(server.close);
    const { 'web-acl-logging': logging } = await outcomesAt(server.url);
    expect(logging).toMatchObject({ status: 'warning', detail: expect.stringContaining('no full logs') });
  });

  it('names half of the slowest rate rule for a run that is faster', async () => {
    const { 'web-acl-rates': rates } = await outcomesOf({}, 5);
    expect(rates).toMatchObject({ status: 'warning', fix: expect.stringContaining('limits: { rate: 0.16 }') });
  });
});

describe('the preflight of a web ACL, with a server that stands in for AWS', () => {
  it('names the permissions that are missing, and looks at nothing that it does not know', async () => {
    const message =
      'User: arn:aws:iam::111122223333:user/ada is not authorized to perform: wafv2:GetWebACL on resource: x';
    const server = await startAnswering(exception('AccessDeniedException', message));
    closing.push(server.close);
    const outcomes = await outcomesAt(server.url);
    expect(outcomes['web-acl-permissions']).toEqual({
      status: 'failed',
      detail: 'arn:aws:iam::111122223333:user/ada may not do wafv2:GetWebACL',
      fix: 'allow what "wafproof doctor --print-setup aws-policy" prints',
    });
    expect(outcomes['web-acl']?.status).toBe('failed');
    for (const id of ['redaction', 'sampling', 'body', 'groups', 'rates'])
      expect(outcomes[`web-acl-${id}`]?.status).toBe('skipped');
  });
});

it('the policy allows reading, and nothing that changes anything', () => {
  const { Statement } = JSON.parse(awsPolicySetup.text());
  const actions: readonly string[] = Statement.flatMap(({ Action }: { Action: readonly string[] }) => Action);
  expect(actions).toContain('wafv2:GetSampledRequests');
  expect(actions.filter((action) => !/^[a-z0-9]+:(?:Get|List|Describe|Check|Filter)/.test(action))).toEqual([]);
});
