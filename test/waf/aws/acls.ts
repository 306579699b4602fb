import type { Exclusion } from '../../../src/model/exclusion.js';
import type { AclStatement } from '../../../src/waf/aws/acl/statement.js';
import type { AclRule, AclSource, WebAcl } from '../../../src/waf/aws/acl/web-acl.js';

/** A rule of a web ACL that does not matter otherwise. */
export function ruleWith(name: string, priority: number, more: Partial<AclRule> = {}): AclRule {
  const statement: AclStatement = { kind: 'geo', countries: ['DE'] };
  const action = more.override === undefined ? { action: { kind: 'block' } as const } : {};
  return {
    name,
    priority,
    statement,
    labels: [],
    visibility: { metric: name, sampled: true },
    place: '',
    ...action,
    ...more,
  };
}

/** The Core rule set as `crs`. */
export function coreRules(
  priority: number,
  more: Partial<Extract<AclStatement, { kind: 'managed-group' }>> = {},
): AclRule {
  const statement: AclStatement = {
    kind: 'managed-group',
    vendor: 'AWS',
    name: 'AWSManagedRulesCommonRuleSet',
    overrides: [],
    ...more,
  };
  return ruleWith('crs', priority, { statement, override: 'none' });
}

export function aclWith(rules: readonly AclRule[], more: Partial<WebAcl> = {}): WebAcl {
  return {
    name: 'staging',
    scope: 'REGIONAL',
    id: '11111111-2222-3333-4444-555555555555',
    defaultAction: { kind: 'allow', insertHeaders: [] },
    rules,
    visibility: { metric: 'staging', sampled: true },
    bodyLimits: {},
    responseBodies: {},
    firewallManagerGroups: [],
    ...more,
  };
}

export function sourceOf(acl: WebAcl): AclSource {
  const resources = { ipSets: new Map(), regexSets: new Map(), ruleGroups: new Map() };
  return { acl, resources, format: 'answer of get-web-acl', file: 'acl.json' };
}

const lfi = {
  effect: 'count-and-reblock',
  aclRule: 'crs',
  groupRule: 'GenericLFI_BODY',
  label: 'awswaf:managed:aws:core-rule-set:GenericLFI_Body',
} as const;

/** `GenericLFI_BODY` only counts at an endpoint. */
export function lfiCounts(method: string, path: string): Exclusion {
  const ruleIds = ['AWS#AWSManagedRulesCommonRuleSet#GenericLFI_BODY'];
  return { id: `lfi ${method} ${path}`, findings: [], ruleIds, scope: { method, path }, ...lfi };
}

/** A change to a rule of the ACL as a whole. */
export function toRule(effect: 'scope-down' | 'narrow-rule' | 'count-only', aclRule: string, path: string): Exclusion {
  return {
    id: `${effect} ${path}`,
    findings: [],
    ruleIds: [aclRule],
    scope: { method: 'POST', path },
    effect,
    aclRule,
  };
}
