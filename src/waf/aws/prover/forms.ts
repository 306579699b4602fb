import type { Form, HitPlace } from '../../../contract/prover.js';
import type { RuleHit } from '../../../model/evidence.js';
import type { ExclusionChange, ExclusionScope } from '../../../model/exclusion.js';
import type { AclSource } from '../acl/web-acl.js';
import { aclRuleOf, type RuleInAcl } from './acl-rule-of.js';

/**
 * From narrow to wide. A rule of a group counts only, and its label is blocked again outside of the endpoint, then outside of
 * the path; the group is not asked at the endpoint; the rule counts everywhere. A rule of the ACL does not match at the
 * endpoint, then at the path; then it counts. A header alone is never what an exclusion depends on: anyone can send it.
 */
export function aclForms(
  { ruleId }: RuleHit,
  { endpoint: { method, path } }: HitPlace,
  source: AclSource,
): readonly Form[] {
  const found = aclRuleOf(ruleId, source);
  const endpoint = { method, path };
  if (found === undefined) {
    const refusal = `the web ACL has no rule ${ruleId}: give the one that the target has`;
    return [form({ effect: 'narrow-rule', aclRule: String(ruleId) }, endpoint, { refusal })];
  }
  const refusal = refusalOf(found);
  if (refusal !== undefined) return [form({ effect: 'count-only', ...namesOf(found) }, {}, { refusal })];
  return found.kind === 'own' ? ownForms(found.rule.name, endpoint) : groupForms(found, endpoint);
}

function ownForms(aclRule: string, { path, ...endpoint }: ExclusionScope): readonly Form[] {
  const narrow = { effect: 'narrow-rule', aclRule } as const;
  const anyMethod = path === undefined ? {} : { path };
  return [
    form(narrow, { ...endpoint, ...anyMethod }),
    form(narrow, anyMethod, { isWide: true }),
    form({ effect: 'count-only', aclRule }, {}, { isWide: true }),
  ];
}

function groupForms(
  found: Extract<RuleInAcl, { kind: 'in-group' }>,
  { path, ...rest }: ExclusionScope,
): readonly Form[] {
  const { groupRule, label, rule } = found;
  const aclRule = rule.name;
  const anyMethod = path === undefined ? {} : { path };
  const endpoint = { ...rest, ...anyMethod };
  const labelled = (scope: ExclusionScope, more: Partial<Form> = {}) =>
    label === undefined
      ? form({ effect: 'count-and-reblock', aclRule, groupRule, label: '' }, scope, {
          ...more,
          refusal: noLabel(found),
        })
      : form({ effect: 'count-and-reblock', aclRule, groupRule, label }, scope, more);
  const because = label === undefined ? { because: noLabel(found) } : {};
  return [
    labelled(endpoint),
    labelled(anyMethod, { isWide: true }),
    ...(rule.statement.kind === 'managed-group'
      ? [form({ effect: 'scope-down', aclRule }, endpoint, { isWide: true, ...because })]
      : []),
    form({ effect: 'count-only', aclRule, groupRule }, {}, { isWide: true, ...because }),
  ];
}

function noLabel({ groupRule, rule }: Extract<RuleInAcl, { kind: 'in-group' }>): string {
  return rule.statement.kind === 'rule-group'
    ? `rule ${groupRule} of the group sets no label that another rule could block by: give it one (RuleLabels)`
    : `it is not known which label rule ${groupRule} sets, and labels do not follow from names`;
}

/** What depends on who sends, and not on what is sent, is no matter of exclusions by endpoint. */
function refusalOf(found: RuleInAcl): string | undefined {
  const { statement, name } = found.rule;
  if (statement.kind === 'rate') return `rule ${name} counts requests: send fewer, or allow the address of the tests`;
  if (found.kind === 'own') {
    return statement.kind === 'ip-set' || statement.kind === 'geo' || statement.kind === 'asn'
      ? `rule ${name} looks at who sends: allow the address of the tests`
      : undefined;
  }
  const { managed } = found;
  return managed === undefined || managed.kind === 'content'
    ? undefined
    : `rule ${found.groupRule} looks at who sends and how: allow the address of the tests`;
}

function namesOf(found: RuleInAcl): { readonly aclRule: string; readonly groupRule?: string } {
  return { aclRule: found.rule.name, ...(found.kind === 'in-group' && { groupRule: found.groupRule }) };
}

function form(change: ExclusionChange, scope: ExclusionScope, more: Partial<Form> = {}): Form {
  return { changes: [change], scope, isWholeRule: false, isWide: false, done: doneText(change), ...more };
}

function doneText({ effect }: ExclusionChange): string {
  switch (effect) {
    case 'count-and-reblock':
      return 'it counts and its label is blocked elsewhere';
    case 'scope-down':
      return 'its group is not asked';
    case 'narrow-rule':
      return 'it does not look at these requests';
    default:
      return 'it only counts';
  }
}
