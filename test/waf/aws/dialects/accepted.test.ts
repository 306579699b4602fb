import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import type { Exclusion } from '../../../../src/model/exclusion.js';
import type { JsonValue } from '../../../../src/model/request.js';
import type { AclSource } from '../../../../src/waf/aws/acl/web-acl.js';
import { type ApiObject, ruleToApi } from '../../../../src/waf/aws/acl/write-api.js';
import { awsDialectOf } from '../../../../src/waf/aws/dialects/aws-dialects.js';
import { cloudFormationObject } from '../../../../src/waf/aws/dialects/cloudformation-shape.js';
import { pythonPackages } from '../../../python/packages.js';
import { aclWith, coreRules, lfiCounts, ruleWith, sourceOf, toRule } from '../acls.js';
import { faultsByModel, wafServiceModel } from '../service-model.js';

const notes = { reasons: new Map(), engine: 'the evaluator' };
const model = wafServiceModel();
const linter = pythonPackages({
  requirements: ['cfn-lint==1.58.0'],
  leftOut: 'the tests that have CloudFormation templates checked by cfn-lint',
});

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

function written(dialect: string, name: string, source = everyRule()): string {
  const files = awsDialectOf(dialect, source)?.write(everyKind, notes).files ?? [];
  return files.find((file) => file.name === name)?.content ?? '';
}

describe.skipIf(model === undefined)('Exclusions in JSON of the API, held to the service model of botocore', () => {
  it('have its shapes', () => {
    if (model === undefined) return;
    const input = JSON.parse(written('aws-json', 'wafproof-update-web-acl.json'));
    // The place for the lock token is no token yet.
    const request = { ...input, LockToken: input.Id };
    expect([...faultsByModel(model, 'UpdateWebACLRequest', request)]).toEqual([]);
    expect(input.Rules).toHaveLength(5);
  });

  it('would be refused otherwise', () => {
    if (model === undefined) return;
    const rule = { ...ruleToApi(ruleWith('own', 1)), Statement: { GeoMatchStatement: { CountryCodes: ['Germany'] } } };
    expect([...faultsByModel(model, 'Rule', rule)]).toHaveLength(1);
  });
});

describe.skipIf(linter === undefined)('Exclusions for CloudFormation, checked by cfn-lint', () => {
  it('pass in a template with what was there before', () => {
    expect(lint(template(merged(written('cloudformation', 'wafproof-rules.yaml'))))).toBe('');
  });

  it('would be refused with a misspelt key', () => {
    const rules = merged(
      written('cloudformation', 'wafproof-rules.yaml').replace('LabelMatchStatement', 'LabelStatement'),
    );
    expect(lint(template(rules))).toContain('LabelStatement');
  });
});

/** The rules of the ACL with what is new in each, as a reader of the file would put them together. */
function merged(text: string): readonly JsonValue[] {
  const news = load(text) as readonly ApiObject[];
  const before = everyRule().acl.rules.map((rule) => cloudFormationObject(ruleToApi(rule)));
  const known = new Set(before.map(({ Name }) => Name));
  const changed = before.map((rule) =>
    news.filter(({ Name }) => Name === rule.Name).reduce((all, change) => deepMerge(all, change), rule),
  );
  return [...changed, ...news.filter(({ Name }) => !known.has(Name ?? null))];
}

function deepMerge(one: ApiObject, other: ApiObject): ApiObject {
  const entries = Object.entries(other).map(([key, value]) => {
    const before = one[key];
    // A statement of another kind takes the place of the one before, and so does a statement to scope down.
    if (key === 'Statement' && !sharesKey(before, value)) return [key, value];
    return [key, isObject(before) && isObject(value) && key !== 'Action' ? deepMerge(before, value) : value];
  });
  return { ...one, ...Object.fromEntries(entries) };
}

function sharesKey(one: JsonValue | undefined, other: JsonValue): boolean {
  return isObject(one) && isObject(other) && Object.keys(other).some((key) => Object.hasOwn(one, key));
}

function isObject(value: JsonValue | undefined): value is ApiObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function template(rules: readonly JsonValue[]): string {
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

function lint(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'wafproof-cfn-'));
  try {
    const file = join(folder, 'template.json');
    writeFileSync(file, text);
    const env = { ...process.env, PYTHONPATH: linter };
    const { stdout, stderr, status } = spawnSync(
      'python3',
      ['-c', 'from cfnlint.runner import main; main()', '--format', 'parseable', file],
      { env, encoding: 'utf8' },
    );
    return status === 0 ? '' : `${stdout}${stderr}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
