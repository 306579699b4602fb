import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isObject, type JsonObject, objectsNamed, textNamed } from '../../../../src/waf/aws/api/json-object.js';
import { type RunningWafApi, startWafApi } from '../../../../src/waf/aws/lab/start-waf-api.js';
import { aclArn, sampleWebAcl } from '../sample-web-acl.js';
import { faultsByModel, wafServiceModel } from '../service-model.js';

const model = wafServiceModel();
const inEurope = (path: string) => `arn:aws:wafv2:eu-west-1:111122223333:regional/${path}`;
const id = '99999999-2222-4333-8444-555555555555';
const own = { Name: 'own', Id: id, Scope: 'REGIONAL' };
const acl = { Name: 'staging', Id: textNamed(sampleWebAcl, 'Id') ?? '', Scope: 'REGIONAL' };
const crs = { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet', Scope: 'REGIONAL' };
const now = Date.parse('2026-03-01T12:00:00Z');

let server: RunningWafApi;

beforeAll(async () => {
  server = await startWafApi({
    acl: sampleWebAcl,
    scope: 'REGIONAL',
    resources: [
      { IPSet: { Name: 'own', Id: id, ARN: inEurope(`ipset/own/${id}`), IPAddressVersion: 'IPV4', Addresses: [] } },
      {
        RegexPatternSet: {
          Name: 'own',
          Id: id,
          ARN: inEurope(`regexpatternset/own/${id}`),
          RegularExpressionList: [{ RegexString: 'a+' }],
        },
      },
      {
        RuleGroup: {
          Name: 'own',
          Id: id,
          ARN: inEurope(`rulegroup/own/${id}`),
          Capacity: 10,
          VisibilityConfig: { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: 'own' },
        },
      },
    ],
    attached: {
      APPLICATION_LOAD_BALANCER: ['arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/a/b'],
    },
    logging: { ResourceArn: aclArn, LogDestinationConfigs: ['arn:aws:s3:::aws-waf-logs-example'] },
    managedGroups: [
      {
        vendor: 'AWS',
        name: 'AWSManagedRulesCommonRuleSet',
        version: 'Version_1.17',
        isDefault: true,
        description: { Capacity: 700, Rules: [{ Name: 'NoUserAgent_HEADER', Action: { Block: {} } }] },
      },
    ],
    sampled: (metric) =>
      metric === 'teapots' ? Array.from({ length: 6000 }, (_, index) => ({ at: now - 60_000 + index, item })) : [],
    capacityOf: (rules) => rules.length * 10,
    now: () => now,
  });
});

afterAll(() => server.close());

const item: JsonObject = {
  Request: { ClientIP: '192.0.2.1', URI: '/teapot', Method: 'GET', Headers: [{ Name: 'Host', Value: 'a.example' }] },
  Action: 'BLOCK',
};

async function ask(operation: string, question: JsonObject, headers: Record<string, string> = {}) {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSWAF_20190729.${operation}`,
      authorization: 'AWS4-HMAC-SHA256 …'.replace('…', 'any'),
      ...headers,
    },
    body: JSON.stringify(question),
  });
  const body: unknown = await response.json();
  return { status: response.status, body: body as JsonObject };
}

const window = { StartTime: now / 1000 - 300, EndTime: now / 1000 };
const sampling = { WebAclArn: aclArn, RuleMetricName: 'teapots', Scope: 'REGIONAL', TimeWindow: window, MaxItems: 500 };

const questions: readonly (readonly [string, JsonObject])[] = [
  ['GetWebACL', acl],
  ['GetWebACL', { ARN: aclArn }],
  ['ListWebACLs', { Scope: 'REGIONAL' }],
  ['GetWebACLForResource', { ResourceArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/a/b' }],
  ['ListResourcesForWebACL', { WebACLArn: aclArn }],
  ['GetRuleGroup', own],
  ['GetRuleGroup', { ARN: inEurope(`rulegroup/own/${id}`) }],
  ['GetIPSet', own],
  ['GetRegexPatternSet', own],
  ['GetLoggingConfiguration', { ResourceArn: aclArn }],
  ['GetSampledRequests', sampling],
  ['DescribeManagedRuleGroup', crs],
  ['ListAvailableManagedRuleGroupVersions', crs],
  ['CheckCapacity', { Scope: 'REGIONAL', Rules: sampleWebAcl['Rules'] ?? [] }],
];

describe('the stand-in of the WAFv2 API answers', () => {
  it.skipIf(model === undefined).each(questions)(
    "%s %j as botocore's service model has it",
    async (operation, question) => {
      const { status, body } = await ask(operation, question);
      const output = model?.operations[operation]?.output.shape ?? '';
      expect([status, ...(model === undefined ? [] : faultsByModel(model, output, body))]).toEqual([200]);
      expect(Object.keys(body)).not.toEqual([]);
    },
  );

  it('with a sample of the first 5,000 requests of a window, and with where it ends', async () => {
    const { body } = await ask('GetSampledRequests', sampling);
    expect([objectsNamed(body, 'SampledRequests').length, body['PopulationSize']]).toEqual([500, 5000]);
    expect(body['TimeWindow']).toEqual({ StartTime: window.StartTime, EndTime: (now - 60_000 + 4999) / 1000 });
  });

  it('nothing that is older than three hours', async () => {
    const { body } = await ask('GetSampledRequests', { ...sampling, TimeWindow: { ...window, StartTime: 0 } });
    expect(body['TimeWindow']).toMatchObject({ StartTime: now / 1000 - 3 * 3600 });
  });
});

type Refusal = readonly [why: string, operation: string, question: JsonObject, type: string];

const rule = (statement: JsonObject, more: JsonObject = { Action: { Block: {} } }): JsonObject => ({
  Name: 'one',
  Priority: 1,
  Statement: statement,
  VisibilityConfig: { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: 'one' },
  ...more,
});
const geo = { GeoMatchStatement: { CountryCodes: ['DE'] } };
const check = (...rules: JsonObject[]): JsonObject => ({ Scope: 'REGIONAL', Rules: rules });
const invalid = 'WAFInvalidParameterException';

const refusals: readonly Refusal[] = [
  ['a web ACL that is not there', 'GetWebACL', { ...acl, Id: id }, 'WAFNonexistentItemException'],
  ['another scope', 'GetWebACL', { ...acl, Scope: 'CLOUDFRONT' }, 'WAFNonexistentItemException'],
  ['a group that is not there', 'DescribeManagedRuleGroup', { ...crs, Name: 'Nothing' }, 'WAFNonexistentItemException'],
  [
    'a version that is not there',
    'DescribeManagedRuleGroup',
    { ...crs, VersionName: 'V' },
    'WAFNonexistentItemException',
  ],
  ['two statements in one', 'CheckCapacity', check(rule({ ...geo, AsnMatchStatement: { AsnList: [1] } })), invalid],
  ['an empty statement', 'CheckCapacity', check(rule({})), invalid],
  ['one statement in an AND', 'CheckCapacity', check(rule({ AndStatement: { Statements: [geo] } })), invalid],
  ['the same priority twice', 'CheckCapacity', check(rule(geo), { ...rule(geo), Name: 'two' }), invalid],
  ['the same name twice', 'CheckCapacity', check(rule(geo), { ...rule(geo), Priority: 2 }), invalid],
  ['no action', 'CheckCapacity', check(rule(geo, {})), invalid],
  ['two actions', 'CheckCapacity', check(rule(geo, { Action: { Block: {}, Allow: {} } })), invalid],
  [
    'a group with an action',
    'CheckCapacity',
    check(rule({ ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'X' } })),
    invalid,
  ],
  [
    'a set that is not there',
    'CheckCapacity',
    check(rule({ IPSetReferenceStatement: { ARN: inEurope('ipset/other/1') } })),
    invalid,
  ],
  [
    'a rate rule inside another',
    'CheckCapacity',
    check(rule({ NotStatement: { Statement: { RateBasedStatement: { Limit: 100, AggregateKeyType: 'IP' } } } })),
    invalid,
  ],
  ['more than a web ACL may cost', 'CheckCapacity', check(...many(501)), 'WAFLimitsExceededException'],
];

function many(count: number): readonly JsonObject[] {
  return Array.from({ length: count }, (_, index) => ({ ...rule(geo), Name: `rule-${index}`, Priority: index }));
}

describe('the stand-in of the WAFv2 API refuses', () => {
  it.each(refusals)('%s', async (_, operation, question, type) => {
    const { status, body } = await ask(operation, question);
    expect([status, body['__type']]).toEqual([400, type]);
    expect((body['message'] ?? body['Message']) as string).not.toBe('');
    if (model === undefined) return;
    const { __type, ...rest } = body;
    expect(model.operations[operation]?.errors).toContainEqual(expect.objectContaining({ shape: type }));
    expect([...faultsByModel(model, type, rest)]).toEqual([]);
  });

  it('what has not the shape of a question, in the words of the service', async () => {
    const { body } = await ask('CheckCapacity', check({ ...rule(geo), Name: null }));
    expect(body).toEqual({
      __type: 'ValidationException',
      message:
        "1 validation error detected: Value null at 'rules.1.member.name' failed to satisfy constraint: Member must not be null",
    });
  });

  it.each([
    ['operations that it does not stand in for', 'DeleteWebACL', 'UnknownOperationException'],
    ['operations that are none', 'constructor', 'UnknownOperationException'],
  ])('%s', async (_, operation, type) => {
    expect(await ask(operation, {})).toMatchObject({ status: 400, body: { __type: type } });
  });

  it('what is not signed, and what is not JSON', async () => {
    const headers = { 'x-amz-target': 'AWSWAF_20190729.GetWebACL' };
    const bare = await fetch(server.url, { method: 'POST', headers, body: '{}' });
    expect(await bare.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
    const signed = { ...headers, authorization: 'any' };
    const broken = await fetch(server.url, { method: 'POST', headers: signed, body: '{"Name":' });
    expect(await broken.json()).toMatchObject({ __type: 'SerializationException' });
  });
});

describe('the stand-in of the WAFv2 API updates', () => {
  const settings = { DefaultAction: { Block: {} }, VisibilityConfig: sampleWebAcl['VisibilityConfig'] ?? null };

  async function lockToken(): Promise<string> {
    return textNamed((await ask('GetWebACL', acl)).body, 'LockToken') ?? '';
  }

  it('by lock token, once for each', async () => {
    const LockToken = await lockToken();
    const first = await ask('UpdateWebACL', { ...acl, ...settings, LockToken, Rules: [rule(geo)] });
    const second = await ask('UpdateWebACL', { ...acl, ...settings, LockToken });
    expect(first.body).toEqual({ NextLockToken: await lockToken() });
    expect(second).toMatchObject({ status: 400, body: { __type: 'WAFOptimisticLockException' } });
  });

  it('all at once: what an update leaves out is gone', async () => {
    const bodies = { gone: { ContentType: 'TEXT_PLAIN', Content: 'no' } };
    const full = { ...acl, ...settings, CustomResponseBodies: bodies, Rules: [rule(geo)], Description: 'All of it' };
    await ask('UpdateWebACL', { ...full, LockToken: await lockToken() });
    expect(server.webAcl()).toMatchObject({ CustomResponseBodies: bodies, Capacity: 10, Description: 'All of it' });
    await ask('UpdateWebACL', { ...acl, ...settings, LockToken: await lockToken() });
    expect(server.webAcl()).toEqual({
      Name: 'staging',
      Id: sampleWebAcl['Id'],
      ARN: aclArn,
      LabelNamespace: 'awswaf:111122223333:webacl:staging:',
      ...settings,
      Rules: [],
      Capacity: 0,
    });
  });

  it('and refuses rules that are wrong, with nothing changed', async () => {
    const LockToken = await lockToken();
    const { body } = await ask('UpdateWebACL', { ...acl, ...settings, LockToken, Rules: [rule({})] });
    expect(body).toMatchObject({ __type: invalid, Field: 'STATEMENT', Parameter: 'Statement' });
    expect(await lockToken()).toBe(LockToken);
    expect(isObject(server.webAcl())).toBe(true);
  });
});
