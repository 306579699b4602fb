import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../../../src/model/request.js';
import type { LintFacts, LintFinding, LintId } from '../../../../src/waf/aws/lint/finding.js';
import { lintAcl } from '../../../../src/waf/aws/lint/lint-acl.js';
import { apiAnswer, apiRule, pathIs, readTexts } from '../source/acl-text.js';

type Json = Readonly<Record<string, JsonValue>>;

const none = [{ Priority: 0, Type: 'NONE' }];
const lfi = 'awswaf:managed:aws:core-rule-set:GenericLFI_Body';
const isPost = match({ Method: {} }, 'POST');
const hasToken = match({ SingleHeader: { Name: 'x-skip' } }, 'secret');

function match(FieldToMatch: Json, text: string, PositionalConstraint = 'EXACTLY'): Json {
  const SearchString = Buffer.from(text).toString('base64');
  return { ByteMatchStatement: { SearchString, FieldToMatch, TextTransformations: none, PositionalConstraint } };
}

function path(text: string, position = 'EXACTLY'): Json {
  return match({ UriPath: {} }, text, position);
}

function label(Key: string, Scope = 'LABEL'): Json {
  return { LabelMatchStatement: { Scope, Key } };
}

function and(...Statements: Json[]): Json {
  return { AndStatement: { Statements } };
}

function or(...Statements: Json[]): Json {
  return { OrStatement: { Statements } };
}

function not(Statement: Json): Json {
  return { NotStatement: { Statement } };
}

function group(Name: string, rest: Json = {}, rule: Json = {}): Json {
  const { Action: _, ...own } = apiRule({ ManagedRuleGroupStatement: { VendorName: 'AWS', Name, ...rest } });
  return { ...own, Name, Priority: 10, OverrideAction: { None: {} }, ...rule };
}

function common(rest: Json = {}, rule: Json = {}): Json {
  return group('AWSManagedRulesCommonRuleSet', rest, rule);
}

function counting(...names: string[]): Json {
  return { RuleActionOverrides: names.map((Name) => ({ Name, ActionToUse: { Count: {} } })) };
}

function rule(name: string, priority: number, statement: Json, rest: Json = {}): Json {
  return apiRule(statement, { Name: name, Priority: priority, ...rest });
}

interface Given {
  readonly facts?: LintFacts;
  readonly acl?: Json;
  readonly files?: Readonly<Record<string, JsonValue>>;
}

async function lint(
  rules: readonly Json[],
  { facts, acl = {}, files = {} }: Given = {},
): Promise<readonly LintFinding[]> {
  return lintAcl(await readTexts({ 'acl.json': apiAnswer(rules, acl), ...files }), facts);
}

async function found(id: LintId, rules: readonly Json[], given: Given = {}): Promise<readonly string[]> {
  const findings = await lint(rules, given);
  return findings.filter((it) => it.id === id).map(({ rule: name = 'ACL', what, cure }) => `${name}: ${what} ${cure}`);
}

test('a web ACL in which all is well raises no alarm', async () => {
  const rules = [
    common(counting('GenericLFI_BODY')),
    rule('again', 11, and(label(lfi), not(and(isPost, path('/v1/notes'))))),
    rule('rate', 20, { RateBasedStatement: { Limit: 1000, AggregateKeyType: 'IP' } }),
  ];
  const logging = { redactedHeaders: ['authorization'] };
  expect(await lint(rules, { facts: { logging, correlationHeader: 'X-Wafproof-Id', now: 0 } })).toEqual([]);
});

describe('overrides of rules that the group does not have', () => {
  test.each([
    [
      'AWSManagedRulesSQLiRuleSet',
      'SQLiExtendedPatterns_Body',
      'the group has no such rule. Name "SQLiExtendedPatterns_BODY"',
    ],
    [
      'AWSManagedRulesKnownBadInputsRuleSet',
      'Log4JRCE',
      'only older versions of the group have such a rule. Name "Log4JRCE_HEADER"',
    ],
    ['AWSManagedRulesUnixRuleSet', 'UNIXShellCommandsVariables_QUERYARGUMENTS', 'only older versions'],
    ['AWSManagedRulesCommonRuleSet', 'Quux', 'the group has no such rule. Remove it'],
  ])('%s: %s', async (name, overridden, says) => {
    expect(await found('override-of-no-rule', [group(name, counting(overridden))])).toEqual([
      expect.stringContaining(says),
    ]);
  });

  test('are told by what AWS says of the version in use, where it was asked', async () => {
    const groups = new Map([['AWS#AWSManagedRulesCommonRuleSet', { rules: ['GenericLFI_BODY', 'BrandNew_BODY'] }]]);
    const rules = [common(counting('BrandNew_BODY', 'GenericRFI_BODY'))];
    expect(await found('override-of-no-rule', rules, { facts: { groups } })).toEqual([
      expect.stringContaining('"GenericRFI_BODY"'),
    ]);
  });

  test('are told of groups of one’s own, and of the old list', async () => {
    const arn = 'arn:aws:wafv2:eu-west-1:111122223333:regional/rulegroup/own/1';
    const files = { group: { RuleGroup: { ARN: arn, Name: 'own', Capacity: 9, Rules: [rule('inner', 1, isPost)] } } };
    const reference = (Name: string, rest: Json) =>
      group(Name, {}, { Statement: { RuleGroupReferenceStatement: { ARN: arn, ...rest } } });
    const rules = [reference('a', counting('iner')), reference('b', { ExcludedRules: [{ Name: 'inner' }] })];
    expect(await found('override-of-no-rule', rules, { files })).toEqual([expect.stringContaining('Name "inner"')]);
    expect(await found('excluded-rule', rules, { files })).toEqual([
      expect.stringContaining('ExcludedRules names "inner"'),
    ]);
  });

  test('are none where a version is pinned that may have them, in a candidate, or in a group that is not known', async () => {
    const rules = [
      group('AWSManagedRulesUnixRuleSet', {
        Version: 'Version_1.1',
        ...counting('UNIXShellCommandsVariables_QUERYARGUMENTS'),
      }),
      common(counting('GenericLFI_BODY_RC_COUNT')),
      group('AWSManagedRulesOfTomorrow', counting('Anything')),
    ];
    expect(await found('override-of-no-rule', rules)).toEqual([]);
  });
});

describe('labels that no rule sets', () => {
  const space = 'awswaf:managed:aws:core-rule-set:';

  test.each([
    ['in other letters', `${space}CrossSiteScripting_BODY`, `Name "${space}CrossSiteScripting_Body"`],
    [
      'of a group that is not there',
      'awswaf:managed:aws:sql-database:SQLi_Body',
      'does not have the group AWSManagedRulesSQLiRuleSet',
    ],
    ['of one’s own, in other letters', 'Seen:It', 'Name "seen:it"'],
    ['of one’s own', 'nobody', 'no rule sets it'],
    ['of a country that no rule asks for', 'awswaf:clientip:geo:country:DE', 'no rule asks for a country'],
    ['of a country in small letters', 'awswaf:clientip:geo:country:de', 'Name "awswaf:clientip:geo:country:DE"'],
  ])('%s', async (_, key, says) => {
    const rules = [
      common(),
      rule('marks', 1, isPost, { RuleLabels: [{ Name: 'seen:it' }] }),
      rule('waits', 20, label(key)),
    ];
    expect(await found('label-of-no-rule', rules)).toEqual([expect.stringContaining(says)]);
  });

  test('are none where a rule sets them', async () => {
    const keys = [lfi, 'seen:it', 'it', 'awswaf:111122223333:webacl:shop:seen:it', 'awswaf:clientip:geo:country:DE'];
    const rules = [
      common(),
      rule('marks', 1, isPost, { RuleLabels: [{ Name: 'seen:it' }], Action: { Count: {} } }),
      rule('asks', 2, { GeoMatchStatement: { CountryCodes: ['FR'] } }),
      ...keys.map((key, index) => rule(key, 20 + index, label(key))),
      rule('namespace', 40, label('seen:', 'NAMESPACE')),
      rule('of the group', 41, label(space, 'NAMESPACE')),
    ];
    expect(await found('label-of-no-rule', rules)).toEqual([]);
  });

  test('are none where nobody here knows all labels', async () => {
    const rules = [
      group('AWSManagedRulesBotControlRuleSet'),
      rule('bot', 20, label('awswaf:managed:aws:bot-control:bot:name:curl')),
      rule('token', 21, label('awswaf:managed:token:absent')),
      rule('new', 22, label('awswaf:managed:aws:of-tomorrow:X')),
      rule('elsewhere', 23, label('awswaf:111122223333:rulegroup:other:x')),
    ];
    expect(await found('label-of-no-rule', rules)).toEqual([]);
    const files = { 'of managed groups before': apiAnswer([]) };
    expect(files).toBeDefined();
    const managers = { PreProcessFirewallManagerRuleGroups: [{ Name: 'fms' }] };
    const waits = [rule('waits', 20, label('awswaf:managed:aws:sql-database:SQLi_Body'))];
    expect(await found('label-of-no-rule', waits, { acl: managers })).toEqual([]);
  });
});

describe('the order of rules', () => {
  test('a rule that waits for a label stands before the one that sets it', async () => {
    const rules = [rule('again', 5, and(label(lfi), not(path('/v1/notes')))), common()];
    expect(await found('label-too-late', rules)).toEqual([
      expect.stringContaining('Give the rule a priority above 10.'),
    ]);
    const self = [rule('self', 5, label('a'), { RuleLabels: [{ Name: 'a' }] })];
    expect(await found('label-too-late', self)).toHaveLength(1);
  });

  test('or behind one of several that do', async () => {
    const marks = { RuleLabels: [{ Name: 'a' }], Action: { Count: {} } };
    const rules = [rule('one', 1, isPost, marks), rule('waits', 2, label('a')), rule('two', 3, isPost, marks)];
    expect(await found('label-too-late', rules)).toEqual([]);
  });

  test('a rule that blocks again stands behind one that allows', async () => {
    const allow = (priority: number) => rule('office', priority, path('/office'), { Action: { Allow: {} } });
    const again = rule('again', 12, and(label(lfi), not(path('/v1/notes'))));
    expect(await found('reblock-after-allow', [common(), allow(11), again])).toEqual([
      expect.stringContaining('again: The rule blocks by a label that a group sets, and "office" stands between'),
    ]);
    expect(await found('reblock-after-allow', [allow(9), common(), again])).toEqual([]);
    expect(await found('reblock-after-allow', [common(), again, allow(13)])).toEqual([]);
  });

  test('two rules have one priority', async () => {
    const rules = [rule('a', 1, isPost), rule('b', 1, path('/b')), rule('c', 2, path('/c'))];
    expect(await found('duplicate-priority', rules)).toEqual([
      expect.stringContaining('b: The rule has the priority 1, as "a" has'),
    ]);
  });
});

describe('lengths of bodies beyond what is inspected', () => {
  function size(
    comparison: string,
    bytes: number,
    OversizeHandling: string,
    FieldToMatch: Json = { Body: { OversizeHandling } },
  ) {
    const statement = {
      SizeConstraintStatement: { ComparisonOperator: comparison, Size: bytes, FieldToMatch, TextTransformations: none },
    };
    return [rule('size', 1, statement)];
  }

  test.each([
    ['GT', 10_000_000, 'NO_MATCH', 'It never matches'],
    ['GT', 8192, 'NO_MATCH', 'It never matches'],
    ['GE', 8193, 'CONTINUE', 'as far as users have seen'],
    ['GT', 10_000_000, 'MATCH', 'It matches every body of more than 8,192 bytes'],
  ])('%s %i %s', async (comparison, bytes, oversize, says) => {
    const findings = await lint(size(comparison, bytes, oversize));
    expect(findings).toMatchObject([{ id: 'size-never-matches', consequence: expect.stringContaining(says) }]);
  });

  test('are none below the limit of the front, or of other parts', async () => {
    const front = { front: 'api-gateway' as const };
    const limits = { AssociationConfig: { RequestBody: { API_GATEWAY: { DefaultSizeInspectionLimit: 'KB_64' } } } };
    expect(await found('size-never-matches', size('GT', 8191, 'NO_MATCH'))).toEqual([]);
    expect(await found('size-never-matches', size('LT', 20_000, 'NO_MATCH'))).toEqual([]);
    expect(await found('size-never-matches', size('GT', 10_000, 'NO_MATCH'), { facts: front })).toEqual([]);
    expect(await found('size-never-matches', size('GT', 60_000, 'NO_MATCH'), { facts: front })).toHaveLength(1);
    expect(await found('size-never-matches', size('GT', 60_000, 'NO_MATCH'), { facts: front, acl: limits })).toEqual(
      [],
    );
    expect(await found('size-never-matches', size('GT', 60_000, 'NO_MATCH', { UriPath: {} }))).toEqual([]);
  });
});

describe('rules that no request comes to', () => {
  const api = path('/api', 'STARTS_WITH');

  test.each<[string, Json, Json]>([
    ['the same', isPost, isPost],
    ['a part of it', api, and(isPost, path('/api/users'))],
    ['one of several', or(isPost, api), path('/api/users', 'STARTS_WITH')],
    ['all of several', path('api', 'CONTAINS'), or(path('/v1/api', 'ENDS_WITH'), path('/api'))],
    [
      'a group limited to it',
      api,
      { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'X', ScopeDownStatement: path('/api/a') } },
    ],
    [
      'a rate limited to it',
      api,
      { RateBasedStatement: { Limit: 100, AggregateKeyType: 'IP', ScopeDownStatement: api } },
    ],
  ])('%s', async (_, first, second) => {
    const rules = [rule('first', 1, first, { Action: { Allow: {} } }), rule('second', 2, second)];
    expect(await found('rule-shadowed', rules)).toEqual([
      expect.stringContaining('second: All that the rule could match, "first"'),
    ]);
  });

  test.each<[string, Json, Json, Json?]>([
    ['a wider one', and(isPost, api), isPost],
    ['one that only counted', isPost, isPost, { Action: { Count: {} } }],
    ['one with a captcha', isPost, isPost, { Action: { Captcha: {} } }],
    ['one by a label that may come later', label('a'), label('a')],
    ['other letters', path('/API', 'STARTS_WITH'), path('/api')],
    ['a text that only ends so', path('/api', 'ENDS_WITH'), path('/api', 'STARTS_WITH')],
    ['one that is unknown', {}, {}],
    ['another part', match({ QueryString: {} }, '/api'), path('/api')],
  ])('but not behind %s', async (_, first, second, rest = {}) => {
    expect(await found('rule-shadowed', [rule('first', 1, first, rest), rule('second', 2, second)])).toEqual([]);
  });
});

describe('exemptions that anyone can forge', () => {
  const allow = { Action: { Allow: {} } };

  test.each<[string, Json]>([
    ['an allowed header', rule('r', 1, hasToken, allow)],
    ['one of several that is a header', rule('r', 1, or(path('/a'), hasToken), allow)],
    ['all but a header', rule('r', 1, not(hasToken), allow)],
    ['a scope-down by a header', common({ ScopeDownStatement: not(hasToken) })],
    ['a scope-down by a path and a header', common({ ScopeDownStatement: and(path('/a'), not(hasToken)) })],
    ['a rule that blocks again but for a header', rule('r', 11, and(label(lfi), not(hasToken)))],
  ])('%s', async (_, it) => {
    expect(await found('forgeable-exemption', [it])).toHaveLength(1);
  });

  test.each<[string, Json]>([
    ['method and path', rule('r', 1, and(isPost, path('/a')), allow)],
    ['a header at one path', rule('r', 1, and(hasToken, path('/a')), allow)],
    ['an address', rule('r', 1, { IPSetReferenceStatement: { ARN: 'a' } }, allow)],
    ['a header from an address', rule('r', 1, and(hasToken, { IPSetReferenceStatement: { ARN: 'a' } }), allow)],
    ['a host', rule('r', 1, match({ SingleHeader: { Name: 'Host' } }, 'a.example.com'), allow)],
    ['a blocked header', rule('r', 1, hasToken)],
    ['a scope-down by path', common({ ScopeDownStatement: not(path('/a')) })],
    [
      'a scope-down to a content type',
      common({ ScopeDownStatement: match({ SingleHeader: { Name: 'content-type' } }, 'a') }),
    ],
    ['a header at one path, when blocking again', rule('r', 11, and(label(lfi), not(and(path('/a'), hasToken))))],
  ])('but not %s', async (_, it) => {
    expect(await found('forgeable-exemption', [it])).toEqual([]);
  });
});

describe('circumstances', () => {
  const day = 86_400_000;

  test('a group that only counts as a whole', async () => {
    expect(await found('group-counts', [common({}, { OverrideAction: { Count: {} } })])).toHaveLength(1);
    expect(await found('group-counts', [common(counting('GenericLFI_BODY'))])).toEqual([]);
  });

  test('a pinned version that expires', async () => {
    const pinned = [common({ Version: 'Version_1.4' })];
    const facts = (expires: number): LintFacts => ({
      now: 100 * day,
      groups: new Map([['AWS#AWSManagedRulesCommonRuleSet', { version: 'Version_1.4', expires }]]),
    });
    expect(await found('version-expires', pinned, { facts: facts(129 * day) })).toEqual([
      expect.stringContaining('The version "Version_1.4" expires on 1970-05-10.'),
    ]);
    expect(await found('version-expires', pinned, { facts: facts(99 * day) })).toEqual([
      expect.stringContaining('expired on'),
    ]);
    expect(await found('version-expires', pinned, { facts: facts(131 * day) })).toEqual([]);
    expect(await found('version-expires', [common()], { facts: facts(99 * day) })).toEqual([]);
    expect(await found('version-expires', pinned)).toEqual([]);
  });

  test('what hides what was found', async () => {
    const hidden = { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: false, MetricName: 'r' };
    const rules = [rule('r', 1, isPost, { VisibilityConfig: hidden })];
    const redacted = { logging: { redactedHeaders: ['x-wafproof-id'] }, correlationHeader: 'X-Wafproof-Id' };
    expect((await lint(rules)).map(({ id }) => id)).toEqual(['not-sampled', 'not-measured']);
    expect(await found('not-logged', rules, { facts: { logging: 'none' } })).toHaveLength(1);
    expect(await found('id-redacted', rules, { facts: redacted })).toHaveLength(1);
    expect(await found('id-redacted', rules, { facts: { ...redacted, correlationHeader: 'X-Other' } })).toEqual([]);
  });

  test('capacity beyond what is included, and beyond what there is', async () => {
    const heavy = (count: number) =>
      Array.from({ length: count }, (_, index) => common({}, { Name: `${index}`, Priority: index }));
    expect(await found('over-capacity', heavy(2))).toEqual([]);
    expect((await lint(heavy(3))).filter(({ id }) => id === 'over-capacity')).toMatchObject([
      { severity: 'note', what: 'The rules take about 2,100 capacity units.' },
    ]);
    expect((await lint(heavy(8))).filter(({ id }) => id === 'over-capacity')).toMatchObject([{ severity: 'error' }]);
    expect(await found('over-capacity', heavy(3), { acl: { Capacity: 1500 } })).toEqual([]);
  });

  test.each([
    ['(a)\\1', 'a back reference'],
    ['(?>a+)b', 'an atomic group'],
    ['a++', 'a possessive quantifier'],
    ['a{2,}+', 'a possessive quantifier'],
    ['(?(1)a)', 'a condition'],
    ['\\Ka', 'an escape of its own kind'],
    ['(*SKIP)a', 'a backtracking verb'],
    ['(?R)', 'a subroutine'],
  ])('the pattern %s', async (RegexString, feature) => {
    const statement = {
      RegexMatchStatement: { RegexString, FieldToMatch: { UriPath: {} }, TextTransformations: none },
    };
    expect(await found('regex-unsupported', [rule('r', 1, statement)])).toEqual([
      expect.stringContaining(`has ${feature}.`),
    ]);
  });

  test.each(['(?i)^/a/\\d+$', '[(?>]', 'a\\++', '[*+]+', '(?:a|b)+', '\\\\1', '(?P<n>a)', '[\\]a]++'.slice(0, -1)])(
    'but not the pattern %s',
    async (RegexString) => {
      const statement = {
        RegexMatchStatement: { RegexString, FieldToMatch: { UriPath: {} }, TextTransformations: none },
      };
      expect(await found('regex-unsupported', [rule('r', 1, statement)])).toEqual([]);
    },
  );
});

test('the worst comes first, with its place', async () => {
  const rules = [
    rule('a', 1, hasToken, { Action: { Allow: {} } }),
    common(counting('Quux'), { OverrideAction: { Count: {} } }),
  ];
  expect((await lint(rules)).map(({ severity, place }) => [severity, place])).toEqual([
    ['error', '/WebACL/Rules/1'],
    ['warning', '/WebACL/Rules/0'],
    ['warning', '/WebACL/Rules/1'],
  ]);
});

test('what the web ACL says is made visible in the texts', async () => {
  const findings = await lint([common(counting('a\u001b[31m\u202e'))]);
  expect(findings[0]?.what).toContain('"a\\x1b[31m\\u202e"');
});

test('no web ACL makes it fail', async () => {
  const texts = fc.string({ maxLength: 12, unit: 'binary' });
  const leaf = fc.oneof(
    texts.map((key) => label(key)),
    texts.map((key) => label(`awswaf:managed:aws:core-rule-set:${key}`)),
    texts.map((text) => path(text, 'CONTAINS')),
    texts.map((RegexString) => ({
      RegexMatchStatement: { RegexString, FieldToMatch: { Body: {} }, TextTransformations: [] },
    })),
    fc.constant({}),
  );
  const tree = fc.oneof(
    leaf,
    leaf.map(not),
    fc.array(leaf, { maxLength: 3 }).map((it) => or(...it, pathIs('L2E=') as Json)),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(texts, fc.nat(9), tree), { maxLength: 8 }), async (all) => {
      const findings = await lint(all.map(([name, priority, statement]) => rule(name, priority, statement)));
      for (const { what, consequence, cure } of findings)
        expect(`${what}${consequence}${cure}`).not.toMatch(/undefined|\p{Cc}/u);
    }),
    { numRuns: 200 },
  );
});
