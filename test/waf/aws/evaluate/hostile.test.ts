import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonValue } from '../../../../src/model/request.js';
import type { AclSource } from '../../../../src/waf/aws/acl/web-acl.js';
import { compileAcl, type KnownOfRequest } from '../../../../src/waf/aws/evaluate/compile-acl.js';
import type { AclAnswer } from '../../../../src/waf/aws/evaluate/decision.js';
import { readJson } from '../../../../src/waf/aws/evaluate/fields/read-json.js';
import type { RequestFacts } from '../../../../src/waf/aws/evaluate/request-facts.js';
import { chainOf } from '../../../../src/waf/aws/evaluate/transform/transformations.js';
import { findManagedGroup } from '../../../../src/waf/aws/managed/managed-groups.js';
import { apiAnswer, readTexts } from '../source/acl-text.js';

const bytes = fc.string({
  unit: fc.integer({ min: 0, max: 255 }).map((byte) => String.fromCharCode(byte)),
  maxLength: 60,
});
const lively = fc
  .array(
    fc.constantFrom(
      'a',
      'B',
      '%41',
      '%u0041',
      '\\x41',
      '&lt;',
      '&#65',
      '0x41',
      '/*',
      '*/',
      '../',
      '//',
      ' ',
      '"',
      '\xa0',
      '=',
      '+',
      ',',
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));
const names = [
  'NONE',
  'COMPRESS_WHITE_SPACE',
  'HTML_ENTITY_DECODE',
  'LOWERCASE',
  'CMD_LINE',
  'URL_DECODE',
  'BASE64_DECODE',
  'HEX_DECODE',
  'MD5',
  'REPLACE_COMMENTS',
  'ESCAPE_SEQ_DECODE',
  'SQL_HEX_DECODE',
  'CSS_DECODE',
  'JS_DECODE',
  'NORMALIZE_PATH',
  'NORMALIZE_PATH_WIN',
  'REMOVE_NULLS',
  'REPLACE_NULLS',
  'BASE64_DECODE_EXT',
  'URL_DECODE_UNI',
  'UTF8_TO_UNICODE',
  'REMOVE_WHITESPACE',
  'TRIM',
  'TRIM_LEFT',
  'TRIM_RIGHT',
  'REMOVE_COMMENTS_CHAR',
  'UPPERCASE',
  'CMD_LINE_WIN',
  'CMD_LINE_UNIX',
  'JS_DECODE_EXT',
  'SHA256',
] as const;
const transformations = fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 3 });

test('every transformation of the API is known, and makes bytes of any bytes', () => {
  fc.assert(
    fc.property(transformations, fc.oneof(bytes, lively), (chosen, text) => {
      const chain = chainOf(chosen);
      if (typeof chain !== 'function') throw new Error(`${chain.unknown} is not known`);
      const made = chain(text);
      for (const one of typeof made === 'string' ? [made] : (made ?? [])) expect(one).toMatch(/^[\0-\xff]*$/);
    }),
    { numRuns: 2000 },
  );
});

test('no body crashes the reader of JSON, and it reads what JSON.parse reads', () => {
  fc.assert(fc.property(bytes, (text) => readJson(text).elements.length >= 0));
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), (value) => {
      const text = Buffer.from(JSON.stringify(value)).toString('latin1');
      expect(readJson(text).state).toBe('parsed');
    }),
  );
});

const field = fc.constantFrom<JsonValue>(
  { UriPath: {} },
  { QueryString: {} },
  { Method: {} },
  { AllQueryArguments: {} },
  { SingleQueryArgument: { Name: 'a' } },
  { SingleHeader: { Name: 'x-a' } },
  { Headers: { MatchPattern: { All: {} }, MatchScope: 'ALL', OversizeHandling: 'CONTINUE' } },
  { Cookies: { MatchPattern: { All: {} }, MatchScope: 'ALL', OversizeHandling: 'MATCH' } },
  { HeaderOrder: { OversizeHandling: 'CONTINUE' } },
  { Body: { OversizeHandling: 'CONTINUE' } },
  { JsonBody: { MatchPattern: { All: {} }, MatchScope: 'ALL' } },
  { JA3Fingerprint: { FallbackBehavior: 'MATCH' } },
  { Strange: {} },
);

const inspection = fc.record({
  FieldToMatch: field,
  TextTransformations: transformations.map((all) => all.map((Type, Priority) => ({ Type, Priority }))),
});

const ipSet = 'arn:aws:wafv2:eu-west-1:111122223333:regional/ipset/office/1';

const leaf: fc.Arbitrary<JsonValue> = fc.oneof(
  fc
    .tuple(inspection, lively, fc.constantFrom('EXACTLY', 'STARTS_WITH', 'ENDS_WITH', 'CONTAINS', 'CONTAINS_WORD'))
    .map(([inspect, text, PositionalConstraint]) => ({
      ByteMatchStatement: {
        ...inspect,
        SearchString: Buffer.from(`${text}a`).toString('base64'),
        PositionalConstraint,
      },
    })),
  fc
    .tuple(inspection, fc.constantFrom('EQ', 'NE', 'LE', 'LT', 'GE', 'GT'), fc.nat(20))
    .map(([inspect, ComparisonOperator, Size]) => ({
      SizeConstraintStatement: { ...inspect, ComparisonOperator, Size },
    })),
  inspection.map((inspect) => ({ RegexMatchStatement: { ...inspect, RegexString: '(?i)a.?b' } })),
  inspection.map((inspect) => ({ SqliMatchStatement: { ...inspect, SensitivityLevel: 'LOW' } })),
  fc.constantFrom<JsonValue>(
    { GeoMatchStatement: { CountryCodes: ['DE'] } },
    {
      GeoMatchStatement: { CountryCodes: ['DE'], ForwardedIPConfig: { HeaderName: 'x-a', FallbackBehavior: 'MATCH' } },
    },
    { AsnMatchStatement: { AsnList: [64500] } },
    { IPSetReferenceStatement: { ARN: ipSet } },
    { LabelMatchStatement: { Scope: 'LABEL', Key: 'own:label' } },
    { LabelMatchStatement: { Scope: 'LABEL', Key: 'awswaf:managed:aws:sql-database:SQLi_Body' } },
    { LabelMatchStatement: { Scope: 'NAMESPACE', Key: 'awswaf:clientip:geo:' } },
    { Strange: {} },
  ),
);

const statement: fc.Arbitrary<JsonValue> = fc.letrec<{ tree: JsonValue }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'statement' },
    leaf,
    fc.array(tie('tree'), { minLength: 2, maxLength: 3 }).map((Statements) => ({ AndStatement: { Statements } })),
    fc.array(tie('tree'), { minLength: 2, maxLength: 3 }).map((Statements) => ({ OrStatement: { Statements } })),
    tie('tree').map((Statement) => ({ NotStatement: { Statement } })),
  ),
})).tree;

const action = fc.constantFrom<JsonValue>({ Block: {} }, { Allow: {} }, { Count: {} }, { Captcha: {} }, { Count: {} });
const sqlInjection = { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesSQLiRuleSet' } };
const rule = fc.oneof(
  fc
    .tuple(statement, action)
    .map(([Statement, Action]) => ({ Statement, Action, RuleLabels: [{ Name: 'own:label' }] })),
  fc.constantFrom({ None: {} }, { Count: {} }).map((OverrideAction) => ({ Statement: sqlInjection, OverrideAction })),
  fc.constant({ Statement: { RateBasedStatement: { Limit: 100, AggregateKeyType: 'IP' } }, Action: { Block: {} } }),
);
const rules = fc
  .array(rule, { maxLength: 4 })
  .map((all) => all.map((one, index) => ({ Name: `r${index}`, Priority: index, VisibilityConfig: {}, ...one })));

const facts: fc.Arbitrary<RequestFacts> = fc.record({
  method: fc.constantFrom('GET', 'POST'),
  path: lively.map((text) => `/${text}`),
  query: fc.oneof(
    lively.map((text) => `a=${text}&b&a=B`),
    lively,
  ),
  headers: fc.array(fc.tuple(fc.constantFrom('x-a', 'Host', 'cookie', 'content-length', 'content-type'), lively), {
    maxLength: 4,
  }),
  body: fc.oneof(
    bytes,
    lively,
    fc.jsonValue().map((value) => JSON.stringify([value])),
    lively.map((text) => text.repeat(900)),
  ),
  client: fc.constant({ ip: '192.0.2.1', country: 'DE', asn: 64500 }),
  tokens: fc.constant({}),
  front: fc.constantFrom('alb' as const, 'cloudfront' as const),
});

const observed = fc.constantFrom<KnownOfRequest>(
  {},
  { observed: { groups: new Map([['AWS#AWSManagedRulesSQLiRuleSet', { matched: ['SQLi_BODY'], isComplete: true }]]) } },
  { observed: { groups: new Map([['AWS#AWSManagedRulesSQLiRuleSet', { matched: [], isComplete: true }]]) } },
);

async function sourceOf(list: readonly JsonValue[]): Promise<AclSource> {
  return readTexts({ acl: apiAnswer(list), set: { IPSet: { ARN: ipSet, Addresses: ['192.0.2.0/24'] } } });
}

test('no statement and no request crash', async () => {
  await fc.assert(
    fc.asyncProperty(rules, facts, observed, async (list, request, known) => {
      const answer = compileAcl(await sourceOf(list), findManagedGroup)(request, known);
      expect(answer.action === undefined).toBe(decidesNothing(answer));
      expect(answer.rule === undefined || answer.action !== undefined).toBe(true);
    }),
    { numRuns: 400 },
  );
});

function decidesNothing({ undecided, environment, action }: AclAnswer): boolean {
  return action === undefined && undecided.length + environment.length > 0;
}

/** Takes facts away: of the client, of references, and of what was observed. */
const losses: readonly ((acl: AclSource, request: RequestFacts, known: KnownOfRequest) => AclAnswer)[] = [
  (acl, request, known) => compileAcl(acl, findManagedGroup)({ ...request, client: {} }, known),
  (acl, request) => compileAcl(acl, findManagedGroup)(request),
  (acl, request, known) => compileAcl(acl, () => undefined)(request, known),
  (acl, request, known) =>
    compileAcl({ ...acl, resources: { ...acl.resources, ipSets: new Map() } }, findManagedGroup)(request, known),
];

test('what was decided is decided no other way when facts are taken away', async () => {
  await fc.assert(
    fc.asyncProperty(rules, facts, observed, fc.constantFrom(...losses), async (list, request, known, lose) => {
      const acl = await sourceOf(list);
      const full = compileAcl(acl, findManagedGroup)(request, known);
      const less = lose(acl, request, known);
      if (less.action !== undefined) expect(less.action).toBe(full.action);
      if (less.isRefused !== undefined) expect(less.isRefused).toBe(full.isRefused);
      if (less.rule !== undefined) expect(less.rule).toBe(full.rule);
      if (less.rule !== undefined) expect(full.labels).toEqual(expect.arrayContaining([...less.labels]));
    }),
    { numRuns: 800 },
  );
});
