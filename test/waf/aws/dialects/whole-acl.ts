import { parse } from '@cdktf/hcl2json';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { ModuleKind, transpileModule } from 'typescript';
import type { Exclusion } from '../../../../src/model/exclusion.js';
import type { AclSource } from '../../../../src/waf/aws/acl/web-acl.js';
import { type ApiObject, ruleToApi } from '../../../../src/waf/aws/acl/write-api.js';
import { cdkObject, cloudFormationObject } from '../../../../src/waf/aws/dialects/cloudformation-shape.js';
import { block } from '../../../../src/waf/aws/dialects/terraform-blocks.js';
import { compileAcl } from '../../../../src/waf/aws/evaluate/compile-acl.js';
import type { RequestFacts } from '../../../../src/waf/aws/evaluate/request-facts.js';
import { findManagedGroup } from '../../../../src/waf/aws/managed/managed-groups.js';
import { aclWith, coreRules, lfiCounts, ruleWith, sourceOf, toRule } from '../acls.js';

type Rule = { readonly [key: string]: unknown };

/** How a format calls what exclusions change, and whether its blocks are lists of one. */
interface Style {
  readonly name: string;
  readonly statement: string;
  readonly group: string;
  readonly overrides: string;
  readonly listed?: true;
}

function inner(value: unknown): Rule {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return typeof one === 'object' && one !== null ? (one as Rule) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Puts each piece where its comment says: what is new of a rule beside what the rule has, and new rules behind the others. */
function merge(base: readonly Rule[], pieces: readonly Rule[], style: Style): readonly Rule[] {
  const rules = new Map(base.map((rule) => [rule[style.name], rule]));
  for (const piece of pieces) {
    const before = rules.get(piece[style.name]);
    rules.set(piece[style.name], before === undefined ? piece : mergeRule(before, piece, style));
  }
  return [...rules.values()];
}

function mergeRule(rule: Rule, piece: Rule, { statement, group, overrides, listed }: Style): Rule {
  const wrap = (value: Rule) => (listed ? [value] : value);
  const added = inner(piece[statement])[group];
  if (added === undefined) return { ...rule, ...piece };
  const before = inner(inner(rule[statement])[group]);
  const all = [...listOf(before[overrides]), ...listOf(inner(added)[overrides])];
  const merged = { ...before, ...inner(added), ...(all.length > 0 && { [overrides]: all }) };
  return { ...rule, ...piece, [statement]: wrap({ [group]: wrap(merged) }) };
}

const api: Style = {
  name: 'Name',
  statement: 'Statement',
  group: 'ManagedRuleGroupStatement',
  overrides: 'RuleActionOverrides',
};
const camel: Style = {
  name: 'name',
  statement: 'statement',
  group: 'managedRuleGroupStatement',
  overrides: 'ruleActionOverrides',
};
const snake: Style = {
  name: 'name',
  statement: 'statement',
  group: 'managed_rule_group_statement',
  overrides: 'rule_action_override',
  listed: true,
};

const visible = { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: 'staging' };

/** What is written, merged into the whole that it belongs into, as a file. */
export type ReadBack = (written: string, source: AclSource) => Promise<readonly [file: string, text: string]>;

export const readers: Readonly<Record<string, ReadBack>> = {
  terraform: async (written, { acl }) => {
    const base = await parse('main.tf', acl.rules.flatMap((rule) => block('rule', ruleToApi(rule))).join('\n'));
    const pieces = await parse('rules.tf', written);
    const rule = merge(base.rule, pieces.rule ?? [], snake);
    const main = { name: acl.name, scope: acl.scope, default_action: [{ allow: [{}] }], rule };
    return ['main.tf.json', JSON.stringify({ resource: { aws_wafv2_web_acl: { main: [main] } } })];
  },
  cloudformation: async (written, { acl }) => {
    const base = acl.rules.map((rule) => cloudFormationObject(ruleToApi(rule)) as Rule);
    const Rules = merge(base, (load(written) ?? []) as readonly Rule[], api);
    const Properties = {
      Name: acl.name,
      Scope: acl.scope,
      DefaultAction: { Allow: {} },
      VisibilityConfig: visible,
      Rules,
    };
    return ['template.json', JSON.stringify({ Resources: { Acl: { Type: 'AWS::WAFv2::WebACL', Properties } } })];
  },
  cdk: async (written, { acl }) => {
    const { outputText } = transpileModule(written, { compilerOptions: { module: ModuleKind.CommonJS } });
    const module: { wafproofRules?: readonly Rule[] } = {};
    new Function('exports', outputText)(module);
    const base = acl.rules.map((rule) => cdkObject(cloudFormationObject(ruleToApi(rule))) as Rule);
    const rules = merge(base, module.wafproofRules ?? [], camel);
    return ['rules.json', JSON.stringify({ name: acl.name, defaultAction: { allow: {} }, rules })];
  },
  'aws-json': async (written) => ['update.json', written],
};

const inspect = { field: { kind: 'body', oversize: 'CONTINUE' }, preParse: [], transformations: ['NONE'] } as const;
const size = { kind: 'size', comparison: 'GT', size: 10, inspect } as const;

export function house(): AclSource {
  const rules = [coreRules(10), ruleWith('own', 11, { statement: size }), ruleWith('strict', 12)];
  const { acl, ...source } = sourceOf(aclWith(rules));
  const raw: ApiObject = {
    Name: acl.name,
    Id: acl.id ?? '',
    DefaultAction: { Allow: {} },
    Rules: rules.map(ruleToApi),
    VisibilityConfig: visible,
  };
  return { acl: { ...acl, raw }, ...source };
}

const paths = [
  '/notes',
  '/notes/',
  '/Notes',
  '/notes/7',
  '/notes/x',
  '/files',
  '/a.b',
  '/aXb',
  '/"q"',
  '/$\u007bx}',
  '/%{y}',
];
const anyPath = fc.constantFrom(...paths);
const excludedPath = fc.oneof(anyPath, fc.constantFrom('/notes/{number}', '/files/{number}/raw'));
const anyMethod = fc.constantFrom('POST', 'PUT');

const scripts = {
  groupRule: 'CrossSiteScripting_BODY',
  label: 'awswaf:managed:aws:core-rule-set:CrossSiteScripting_Body',
} as const;

export const anyExclusion: fc.Arbitrary<Exclusion> = fc.oneof(
  fc.tuple(anyMethod, excludedPath).map(([method, path]) => lfiCounts(method, path)),
  excludedPath.map((path) => ({ ...lfiCounts('POST', path), ...scripts, id: `scripts ${path}` })),
  excludedPath.map((path) => toRule('scope-down', 'crs', path)),
  excludedPath.map((path) => toRule('narrow-rule', 'own', path)),
  excludedPath.map((path) => toRule('count-only', 'strict', path)),
);

const matchable = ['GenericLFI_BODY', 'CrossSiteScripting_BODY', 'NoUserAgent_HEADER'];
export const anyRequest = fc.record({
  method: anyMethod,
  path: anyPath,
  body: fc.constantFrom('', 'short', 'longer than ten bytes'),
  matched: fc.subarray(matchable),
});

/** A request, and which rules of the core rule set match it. */
type SentRequest = Pick<RequestFacts, 'method' | 'path' | 'query' | 'body'> & { readonly matched: readonly string[] };

export function decide(source: Pick<AclSource, 'acl' | 'resources'>) {
  const evaluate = compileAcl(source, findManagedGroup);
  return ({ matched, ...sent }: SentRequest) => {
    const facts: RequestFacts = { ...sent, headers: [], client: {}, tokens: {}, front: 'alb' };
    const groups = new Map([['AWS#AWSManagedRulesCommonRuleSet', { matched, isComplete: true }]]);
    const { action, rule, counted, labels } = evaluate(facts, { observed: { groups } });
    return { action, rule, counted, labels };
  };
}
