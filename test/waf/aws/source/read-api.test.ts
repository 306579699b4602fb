import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../../../src/model/request.js';
import type { AclStatement } from '../../../../src/waf/aws/acl/statement.js';
import { readStatement } from '../../../../src/waf/aws/source/read-statement.js';
import { apiAnswer, apiRule, pathIs, readTexts } from './acl-text.js';

const none = [{ Priority: 0, Type: 'NONE' }];

function statementOf(statement: JsonValue): AclStatement {
  return readStatement(statement, { encoding: 'base64', depth: 0 });
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}

describe('the answer to GetWebACL', () => {
  test('is read with its name, its account, its rules by priority and where they stand', async () => {
    const rules = [
      apiRule(pathIs('L2I='), { Name: 'second', Priority: 20 }),
      apiRule(pathIs('L2E='), { Name: 'first' }),
    ];
    const limits = { RequestBody: { API_GATEWAY: { DefaultSizeInspectionLimit: 'KB_64' } } };
    const answer = apiAnswer(rules, { Capacity: 4, AssociationConfig: limits });
    const { acl, format, file } = await readTexts({ 'acl.json': answer });
    expect({ format, file }).toEqual({ format: 'web ACL of the API', file: 'acl.json' });
    expect(acl).toMatchObject({ name: 'shop', scope: 'REGIONAL', account: '111122223333', capacity: 4 });
    expect(acl.labelNamespace).toBe('awswaf:111122223333:webacl:shop:');
    expect(acl.bodyLimits).toEqual({ 'api-gateway': 65_536 });
    expect(acl.raw).toEqual(answer.WebACL);
    expect(acl.rules.map(({ name, priority, place }) => [name, priority, place])).toEqual([
      ['first', 1, '/WebACL/Rules/1'],
      ['second', 20, '/WebACL/Rules/0'],
    ]);
    expect(acl.rules[0]).toMatchObject({ visibility: { metric: 'r', measured: true, sampled: true }, labels: [] });
  });

  test('may come without its wrapper, and of CloudFront', async () => {
    const arn = 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/edge/1';
    const { acl } = await readTexts({ 'acl.json': { ...apiAnswer([]).WebACL, ARN: arn, Name: 'edge' } });
    expect(acl).toMatchObject({ name: 'edge', scope: 'CLOUDFRONT', defaultAction: { kind: 'allow' }, rules: [] });
  });

  test('may refer to what other files hold', async () => {
    const [ips, patterns, group] = ['ipset', 'regexpatternset', 'rulegroup'].map(
      (kind) => `arn:aws:wafv2:eu-west-1:111122223333:regional/${kind}/own/1`,
    );
    const { acl, resources } = await readTexts({
      'ips.json': { IPSet: { ARN: ips, Addresses: ['192.0.2.0/24'] }, LockToken: 'x' },
      'acl.json': apiAnswer([apiRule({ IPSetReferenceStatement: { ARN: ips ?? '' } })]),
      'patterns.json': { RegexPatternSet: { ARN: patterns, RegularExpressionList: [{ RegexString: '^/a' }] } },
      'group.json': { RuleGroup: { ARN: group, Name: 'own', Capacity: 5, Rules: [apiRule(pathIs('L2E='))] } },
    } as never);
    expect(acl.rules[0]?.statement).toEqual({ kind: 'ip-set', ref: ips });
    expect([...resources.ipSets]).toEqual([[ips, ['192.0.2.0/24']]]);
    expect([...resources.regexSets]).toEqual([[patterns, ['^/a']]]);
    expect([...resources.ruleGroups.values()]).toMatchObject([
      { name: 'own', capacity: 5, labelNamespace: 'awswaf:111122223333:rulegroup:own:', rules: [{ name: 'r' }] },
    ]);
  });

  test('says what blocks answer, and what is put into requests', async () => {
    const response = {
      ResponseCode: 429,
      CustomResponseBodyKey: 'wait',
      ResponseHeaders: [{ Name: 'x-rule', Value: 'a' }],
    };
    const insert = { CustomRequestHandling: { InsertHeaders: [{ Name: 'hit', Value: '1' }] } };
    const rules = [
      apiRule(pathIs('L2E='), { Action: { Block: { CustomResponse: response } } }),
      apiRule(pathIs('L2I='), { Action: { Count: insert }, RuleLabels: [{ Name: 'seen:it' }] }),
    ];
    const bodies = { wait: { ContentType: 'TEXT_PLAIN', Content: 'later' } };
    const { acl } = await readTexts({ 'acl.json': apiAnswer(rules, { CustomResponseBodies: bodies }) });
    expect(acl.rules.map(({ action }) => action)).toEqual([
      { kind: 'block', response: { status: 429, headers: [['x-rule', 'a']], bodyKey: 'wait' } },
      { kind: 'count', insertHeaders: [['hit', '1']] },
    ]);
    expect(acl.rules[1]?.labels).toEqual(['seen:it']);
    expect(acl.responseBodies).toEqual({ wait: { type: 'TEXT_PLAIN', content: 'later' } });
  });
});

describe('search strings', () => {
  async function searches(document: JsonValue): Promise<readonly string[]> {
    const { acl } = await readTexts({ 'acl.json': document });
    return acl.rules.map(({ statement }) =>
      statement.kind === 'byte-match' ? text(statement.search) : statement.kind,
    );
  }

  test('are base64 in an answer of the API', async () => {
    expect(await searches(apiAnswer([apiRule(pathIs('UE9TVA=='))]))).toEqual(['POST']);
    expect(await searches(apiAnswer([apiRule(pathIs('POST'))]))).not.toEqual(['POST']);
  });

  test('are plain where one of them cannot be base64', async () => {
    expect(await searches(apiAnswer([apiRule(pathIs('/a')), apiRule(pathIs('abcd'))]))).toEqual(['/a', 'abcd']);
  });

  test('of rules by themselves are plain unless all of them stand for text', async () => {
    expect(await searches(apiRule(pathIs('POST')))).toEqual(['POST']);
    expect(await searches([apiRule(pathIs('badrobot'))])).toEqual(['badrobot']);
    expect(await searches([apiRule(pathIs('L3YxL25vdGVz')), apiRule(pathIs('UE9TVA=='))])).toEqual([
      '/v1/notes',
      'POST',
    ]);
    expect(await searches({ Rules: [apiRule(pathIs('L3YxL25vdGVz')), apiRule(pathIs('POST'))] })).toEqual([
      'L3YxL25vdGVz',
      'POST',
    ]);
  });
});

describe('statements', () => {
  const onPath = { FieldToMatch: { UriPath: {} }, TextTransformations: none };

  test('of every kind are read', () => {
    const inspect = { field: { kind: 'uri-path' }, preParse: [], transformations: ['NONE'] };
    const ip = { HeaderName: 'X-Forwarded-For', FallbackBehavior: 'MATCH' };
    const kinds: readonly [JsonValue, object][] = [
      [{ RegexMatchStatement: { RegexString: '^/a', ...onPath } }, { kind: 'regex-match', pattern: '^/a', inspect }],
      [{ RegexPatternSetReferenceStatement: { ARN: 'a', ...onPath } }, { kind: 'regex-set', ref: 'a', inspect }],
      [
        { SizeConstraintStatement: { ComparisonOperator: 'GT', Size: '8192', ...onPath } },
        { kind: 'size', comparison: 'GT', size: 8192, inspect },
      ],
      [{ SqliMatchStatement: onPath }, { kind: 'sqli', sensitivity: 'LOW', inspect }],
      [{ XssMatchStatement: onPath }, { kind: 'xss', inspect }],
      [
        { GeoMatchStatement: { CountryCodes: ['DE'], ForwardedIPConfig: ip } },
        { kind: 'geo', countries: ['DE'], forwarded: { header: 'X-Forwarded-For', fallback: 'MATCH' } },
      ],
      [{ AsnMatchStatement: { AsnList: [64500] } }, { kind: 'asn', numbers: [64500] }],
      [
        { IPSetReferenceStatement: { ARN: 'a', IPSetForwardedIPConfig: { ...ip, Position: 'ANY' } } },
        { kind: 'ip-set', ref: 'a', forwarded: { header: 'X-Forwarded-For', fallback: 'MATCH', position: 'ANY' } },
      ],
      [{ LabelMatchStatement: { Scope: 'NAMESPACE', Key: 'a:' } }, { kind: 'label', scope: 'NAMESPACE', key: 'a:' }],
      [{ NotStatement: { Statement: { XssMatchStatement: onPath } } }, { kind: 'not', statement: { kind: 'xss' } }],
      [
        {
          RateBasedStatement: { Limit: 100, AggregateKeyType: 'IP', ScopeDownStatement: { XssMatchStatement: onPath } },
        },
        { kind: 'rate', limit: 100, windowSeconds: 300, aggregate: 'IP', customKeys: 0, scopeDown: { kind: 'xss' } },
      ],
      [
        { RuleGroupReferenceStatement: { ARN: 'a', ExcludedRules: [{ Name: 'x' }] } },
        {
          kind: 'rule-group',
          overrides: [{ rule: 'x', action: { kind: 'count', insertHeaders: [] }, isExcludedRule: true }],
        },
      ],
    ];
    for (const [json, read] of kinds) expect(statementOf(json)).toMatchObject(read);
  });

  test('of a managed group carry version, overrides, scope-down and level', () => {
    const group = {
      VendorName: 'AWS',
      Name: 'AWSManagedRulesBotControlRuleSet',
      Version: 'Version_3.0',
      RuleActionOverrides: [{ Name: 'CategoryAI', ActionToUse: { Count: {} } }],
      ScopeDownStatement: pathIs('L2E='),
      ManagedRuleGroupConfigs: [
        { LoginPath: '/x' },
        { AWSManagedRulesBotControlRuleSet: { InspectionLevel: 'TARGETED', EnableMachineLearning: true } },
      ],
    };
    expect(statementOf({ ManagedRuleGroupStatement: group })).toMatchObject({
      kind: 'managed-group',
      version: 'Version_3.0',
      overrides: [{ rule: 'CategoryAI', action: { kind: 'count' } }],
      scopeDown: { kind: 'byte-match' },
      inspectionLevel: 'TARGETED',
    });
  });

  test('inspect what they name, after transformations in the order of their priorities', () => {
    const scope = { MatchScope: 'KEY', OversizeHandling: 'NO_MATCH' };
    const fields: readonly [JsonValue, object][] = [
      [{ SingleHeader: { Name: 'Host' } }, { kind: 'single-header', name: 'Host' }],
      [
        { Headers: { MatchPattern: { ExcludedHeaders: ['X-A'] }, ...scope } },
        { kind: 'headers', pattern: { kind: 'excluded', names: ['x-a'] }, scope: 'KEY', oversize: 'NO_MATCH' },
      ],
      [
        { Cookies: { MatchPattern: { IncludedCookies: ['SID'] }, ...scope } },
        { kind: 'cookies', pattern: { kind: 'included', names: ['SID'] }, scope: 'KEY', oversize: 'NO_MATCH' },
      ],
      [{ Body: {} }, { kind: 'body', oversize: 'CONTINUE' }],
      [
        { JsonBody: { MatchPattern: { IncludedPaths: ['/a'] }, MatchScope: 'ALL', InvalidFallbackBehavior: 'MATCH' } },
        { kind: 'json-body', pointers: ['/a'], scope: 'ALL', invalid: 'MATCH', oversize: 'CONTINUE' },
      ],
      [{ JA4Fingerprint: { FallbackBehavior: 'NO_MATCH' } }, { kind: 'ja4', fallback: 'NO_MATCH' }],
    ];
    const steps = [
      { Priority: 1, Type: 'LOWERCASE' },
      { Priority: 0, Type: 'URL_DECODE' },
    ];
    for (const [FieldToMatch, field] of fields) {
      const read = statementOf({ XssMatchStatement: { FieldToMatch, TextTransformations: steps } });
      expect(read).toEqual({
        kind: 'xss',
        inspect: { field, preParse: [], transformations: ['URL_DECODE', 'LOWERCASE'] },
      });
    }
  });

  test.each<[string, JsonValue, string]>([
    ['empty', {}, 'the statement is empty: written by a program that did not know it, or left out'],
    ['of an unknown kind', { QuantumStatement: {} }, 'the statement "QuantumStatement" is not known here'],
    ['of two kinds', { XssMatchStatement: onPath, SqliMatchStatement: onPath }, 'holds "XssMatchStatement" and'],
    ['with a newer setting', { XssMatchStatement: { ...onPath, Depth: 3 } }, 'XssMatchStatement has "Depth"'],
    ['named like a method of objects', { constructor: {} }, 'the statement "constructor" is not known here'],
    ['without statements', { AndStatement: { Statements: [] } }, 'AndStatement holds no statements'],
    ['that is null', null, 'the statement is missing'],
  ])('%s are unknown, with the reason', (_, statement, why) => {
    expect(statementOf(statement)).toEqual({ kind: 'unknown', why: expect.stringContaining(why) });
  });

  test('are unknown only where they are not understood', () => {
    const both = statementOf({ OrStatement: { Statements: [{}, { XssMatchStatement: onPath }] } });
    expect(both).toMatchObject({ kind: 'or', statements: [{ kind: 'unknown' }, { kind: 'xss' }] });
    const fields: readonly JsonValue[] = [{}, { Body: {}, Method: {} }, { Trailers: {} }, { Body: { Depth: 1 } }, null];
    for (const FieldToMatch of fields) {
      const read = statementOf({ XssMatchStatement: { FieldToMatch, TextTransformations: none } });
      expect(read).toMatchObject({ kind: 'xss', inspect: { field: { kind: 'unknown' } } });
    }
  });

  test('may be nested as deep as a file allows', () => {
    let statement: JsonValue = {};
    for (let depth = 0; depth < 20_000; depth++) statement = { NotStatement: { Statement: statement } };
    expect(JSON.stringify(statementOf(statement))).toContain('nested more than 100 deep');
  });
});

describe('rules that are not understood', () => {
  test('keep their place, and what is known of them', async () => {
    const rules = [
      apiRule(pathIs('L2E='), { Name: 'paid', Action: { Monetize: {} } }),
      apiRule(pathIs('L2I='), { Name: 'two', Priority: 2, OverrideAction: { None: {} } }),
      apiRule(pathIs('L2M='), { Name: 'no place', Priority: null }),
      null,
    ];
    const { acl } = await readTexts({ 'acl.json': apiAnswer(rules) });
    expect(acl.rules.map(({ name, statement, action }) => [name, statement.kind, action?.kind])).toEqual([
      ['no place', 'unknown', 'block'],
      ['rule 4', 'unknown', 'unknown'],
      ['paid', 'byte-match', 'unknown'],
      ['two', 'byte-match', 'unknown'],
    ]);
  });

  test('override a group as it says, or in an unknown way', async () => {
    const group = { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet' } };
    const { Action: _, ...rule } = apiRule(group);
    const overrides = [{ None: {} }, { Count: {} }, {}, null, { Block: {} }];
    const { acl } = await readTexts({
      'acl.json': apiAnswer(overrides.map((it) => ({ ...rule, OverrideAction: it }))),
    });
    expect(acl.rules.map(({ override }) => override)).toEqual(['none', 'count', 'unknown', 'unknown', 'unknown']);
  });
});

describe('files that cannot be read', () => {
  test.each<[string, Readonly<Record<string, string>>, string]>([
    [
      'half a JSON',
      { 'a.json': '{"WebACL": {' },
      'ACL_INVALID a.json:1:13 holds no web ACL: it is neither JSON nor YAML',
    ],
    ['another JSON', { 'a.json': '{"a":1}' }, 'ACL_INVALID a.json holds no web ACL: nothing in it is known here;'],
    ['a set alone', { 'a.json': '{"IPSet":{"Addresses":[]}}' }, 'ACL_MISSING a.json only what a web ACL refers to'],
    [
      'two web ACLs',
      { a: '{"DefaultAction":{}}', b: '{"WebACL":{"Name":"x"}}' },
      'ACL_SEVERAL a there is more than one',
    ],
  ])('%s', async (_, files, message) => {
    await expect(readTexts(files)).rejects.toThrow(message);
  });

  test('are named, as is the web ACL that is not in them', async () => {
    const files = { 'acl.json': apiAnswer([]), 'of#1': apiAnswer([]) };
    await expect(readTexts(files, ['b.json'])).rejects.toThrow(
      'ACL_UNREADABLE b.json cannot be read: there is no such file',
    );
    await expect(readTexts(files, ['acl.json#web'])).rejects.toThrow(
      'ACL_NOT_FOUND acl.json there is no web ACL "web" in it; there is shop',
    );
    expect((await readTexts(files, ['acl.json#shop'])).acl.name).toBe('shop');
    expect((await readTexts(files, ['of#1'])).file).toBe('of#1');
  });
});

test('no JSON makes the reader fail in another way', async () => {
  const whole = apiAnswer([
    apiRule({ AndStatement: { Statements: [pathIs('L2E='), { NotStatement: { Statement: pathIs('L2I=') } }] } }),
    apiRule({
      ManagedRuleGroupStatement: {
        VendorName: 'AWS',
        Name: 'A',
        RuleActionOverrides: [{ Name: 'x', ActionToUse: {} }],
      },
    }),
    apiRule({ RateBasedStatement: { Limit: 1, AggregateKeyType: 'CUSTOM_KEYS', CustomKeys: [{ IP: {} }] } }),
  ]);
  const spots = spotsOf(whole);
  const change = fc.record({
    spot: fc.nat(spots.length - 1),
    value: fc.option(fc.jsonValue({ maxDepth: 4 }), { nil: undefined }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 4 }), async (changes) => {
      const document = changes.reduce<JsonValue>(
        (json, { spot, value }) => replaced(json, spots[spot] ?? [], value as JsonValue),
        whole,
      );
      await readTexts({ a: document }).catch((error) =>
        expect(error).toMatchObject({ code: expect.stringMatching(/^ACL_/) }),
      );
    }),
    { numRuns: 500 },
  );
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), async (json) => {
      await readTexts({ a: json as JsonValue }).catch((error) => expect(error).toMatchObject({ code: 'ACL_INVALID' }));
    }),
  );
});

function spotsOf(json: JsonValue): readonly (readonly string[])[] {
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([key, value]) => [[key], ...spotsOf(value).map((path) => [key, ...path])]);
}

/** The JSON with another value in one place, or without it. */
function replaced(json: JsonValue, path: readonly string[], value: JsonValue | undefined): JsonValue {
  const [key, ...rest] = path;
  if (key === undefined) return value ?? null;
  if (typeof json !== 'object' || json === null) return json;
  const inner = rest.length === 0 ? value : replaced(Reflect.get(json, key) ?? null, rest, value);
  if (Array.isArray(json)) return json.map((item, index) => (String(index) === key ? (inner ?? null) : item));
  const { [key]: _, ...others } = json as { [name: string]: JsonValue };
  return inner === undefined ? others : { ...others, [key]: inner };
}
