import type { Exclusion } from '../../../../src/model/exclusion.js';
import type { AclSource } from '../../../../src/waf/aws/acl/web-acl.js';
import { type ApiObject, ruleToApi } from '../../../../src/waf/aws/acl/write-api.js';
import type { ApiDraft, ApiDraftObject } from '../../../../src/waf/aws/dialects/api-draft.js';
import { awsDialectOf } from '../../../../src/waf/aws/dialects/aws-dialects.js';
import { aclWith, coreRules, lfiCounts, ruleWith, sourceOf, toRule } from '../acls.js';

const notes = { reasons: new Map(), engine: 'the evaluator' };

/** An exclusion of every kind, and one for a path with a generated part. */
const everyKind: readonly Exclusion[] = [
  lfiCounts('POST', '/v1/notes'),
  lfiCounts('PUT', '/v1/notes/{number}'),
  toRule('scope-down', 'inputs', '/v1/upload'),
  toRule('narrow-rule', 'own', '/v1/search'),
  toRule('count-only', 'strict', '/any'),
];

function everyRule(): AclSource {
  const inputs = {
    kind: 'managed-group',
    vendor: 'AWS',
    name: 'AWSManagedRulesKnownBadInputsRuleSet',
    overrides: [],
  } as const;
  const traversal = {
    kind: 'byte-match',
    search: Buffer.from('../'),
    position: 'CONTAINS',
    inspect: { field: { kind: 'query-string' }, preParse: [], transformations: ['URL_DECODE', 'NORMALIZE_PATH'] },
  } as const;
  const rules = [
    coreRules(0),
    ruleWith('inputs', 1, { statement: inputs, override: 'none' }),
    ruleWith('own', 2, { statement: traversal }),
    ruleWith('strict', 3),
  ];
  const acl = aclWith(rules);
  return sourceOf({ ...acl, raw: rawOf(rules.map(ruleToApi)) });
}

function rawOf(rules: readonly ApiObject[]): ApiObject {
  return {
    Name: 'staging',
    Id: '11111111-2222-3333-4444-555555555555',
    ARN: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/staging/11111111-2222-3333-4444-555555555555',
    DefaultAction: { Allow: {} },
    VisibilityConfig: { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: 'staging' },
    Rules: rules,
    Capacity: 900,
  };
}

export function written(dialect: string, name: string, source = everyRule()): string {
  const files = awsDialectOf(dialect, source)?.write(everyKind, notes).files ?? [];
  return files.find((file) => file.name === name)?.content ?? '';
}

/**
 * The rules of the ACL with what is new in each, as a reader of the file would put them together.
 * @param news what the file holds
 * @param shape how its language writes a rule
 */
export function merged(
  news: readonly ApiDraftObject[],
  shape: (rule: ApiDraftObject) => ApiDraftObject,
): readonly ApiDraft[] {
  const before = everyRule().acl.rules.map((rule) => shape(ruleToApi(rule)));
  const known = new Set(before.map(nameOf));
  const changed = before.map((rule) =>
    news.filter((change) => nameOf(change) === nameOf(rule)).reduce((all, change) => deepMerge(all, change), rule),
  );
  return [...changed, ...news.filter((rule) => !known.has(nameOf(rule)))];
}

function nameOf({ Name, name = Name }: ApiDraftObject): ApiDraft | undefined {
  return name;
}

function deepMerge(one: ApiDraftObject, other: ApiDraftObject): ApiDraftObject {
  const entries = Object.entries(other).map(([key, value]) => {
    const before = one[key];
    // A statement of another kind takes the place of the one before, and so does a statement to scope down.
    if (/^statement$/i.test(key) && !sharesKey(before, value)) return [key, value];
    return [key, isObject(before) && isObject(value) && !/^action$/i.test(key) ? deepMerge(before, value) : value];
  });
  return { ...one, ...Object.fromEntries(entries) };
}

function sharesKey(one: ApiDraft | undefined, other: ApiDraft): boolean {
  return isObject(one) && isObject(other) && Object.keys(other).some((key) => Object.hasOwn(one, key));
}

function isObject(value: ApiDraft | undefined): value is ApiDraftObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function template(rules: readonly ApiDraft[]): string {
  return JSON.stringify({
    Resources: {
      Acl: {
        Type: 'AWS::WAFv2::WebACL',
        Properties: {
          Scope: 'REGIONAL',
          DefaultAction: { Allow: {} },
          VisibilityConfig: { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: 'staging' },
          Rules: rules,
        },
      },
    },
  });
}
