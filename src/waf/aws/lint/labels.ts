import { closest } from '../../../util/closest.js';
import type { AclStatement } from '../acl/statement.js';
import type { AclRule, AclSource } from '../acl/web-acl.js';
import { closestLabel, groupByLabel } from '../managed/managed-groups.js';
import { quoted } from '../source/parts.js';
import type { LintFinding } from './finding.js';
import { asksForCountry, type LabelSetter, labelSetters } from './label-setters.js';
import { withInner } from './statements.js';

type LabelMatch = Extract<AclStatement, { kind: 'label' }>;

/** Rules that wait for a label which no rule sets, or which only later rules set. */
export function findDeadLabels(source: AclSource): readonly LintFinding[] {
  const setters = labelSetters(source);
  return source.acl.rules.flatMap((rule) =>
    withInner(rule.statement)
      .filter((it): it is LabelMatch => it.kind === 'label')
      .flatMap((match) => judge(match, rule, setters, source)),
  );
}

function judge(
  match: LabelMatch,
  rule: AclRule,
  setters: readonly LabelSetter[],
  source: AclSource,
): readonly LintFinding[] {
  const found = setters.filter((setter) => setter.labels.some((label) => fits(match, label, source)));
  if (found.length > 0) return found.every((it) => isAfter(it.rule, rule, source)) ? [tooLate(match, rule, found)] : [];
  if (match.key.startsWith('awswaf:managed:')) return judgeManaged(match, rule, setters, source);
  if (/^awswaf:(?:clientip|forwardedip):geo:/.test(match.key)) return judgeCountry(match, rule, source);
  const isOwn = !match.key.startsWith('awswaf:') || match.key.startsWith(source.acl.labelNamespace ?? '\0');
  return isOwn && !ownMayBeSet(setters) ? [ofNoRule(match, rule, nearestOwn(match, setters))] : [];
}

/** Of labels of a group that is not in the web ACL, and of a group all of whose labels are known. */
function judgeManaged(
  match: LabelMatch,
  rule: AclRule,
  setters: readonly LabelSetter[],
  source: AclSource,
): readonly LintFinding[] {
  const group = groupByLabel(match.key);
  if (group === undefined) return [];
  const setter = setters.find((it) => it.group?.name === group.name);
  if (setter === undefined) {
    const isHidden = source.acl.firewallManagerGroups.length > 0 || hasHiddenRules(source);
    return isHidden ? [] : [ofNoRule(match, rule, undefined, `the web ACL does not have the group ${group.name}`)];
  }
  if (!setter.mayMore) return [ofNoRule(match, rule, closestLabel(group, match.key))];
  const isNamed = group.rules.some(({ label }) => label.toLowerCase() === match.key.toLowerCase());
  return isNamed ? [ofNoRule(match, rule, closestLabel(group, match.key))] : [];
}

function judgeCountry(match: LabelMatch, rule: AclRule, source: AclSource): readonly LintFinding[] {
  const isSpelt = /geo:(?:country|region):[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/.test(match.key);
  if (match.scope === 'LABEL' && !isSpelt) return [ofNoRule(match, rule, upperCode(match.key))];
  const isSet = asksForCountry(source) || hasHiddenRules(source) || source.acl.firewallManagerGroups.length > 0;
  return isSet ? [] : [ofNoRule(match, rule, undefined, 'no rule asks for a country, which is what sets it')];
}

/** Codes of countries and regions are in capitals. */
function upperCode(key: string): string | undefined {
  const upper = key.replace(/[^:]*$/, (code) => code.toUpperCase());
  return upper === key ? undefined : upper;
}

/**
 * A key in full stands for one label, or for all that begin with it. One without the namespace of the web ACL stands for
 * the end of a label, or for namespaces of the web ACL's own.
 */
function fits({ scope, key }: LabelMatch, label: string, { acl }: AclSource): boolean {
  if (key.startsWith('awswaf:')) return scope === 'LABEL' ? label === key : label.startsWith(key);
  const space = acl.labelNamespace ?? '';
  if (label.startsWith('awswaf:') && !(space !== '' && label.startsWith(space))) return false;
  const own = label.slice(label.startsWith(space) ? space.length : 0);
  return scope === 'LABEL' ? own === key || own.endsWith(`:${key}`) : own.startsWith(key) || own.includes(`:${key}`);
}

/** Labels are there for rules that come later, and never for the rule itself. */
function isAfter(setter: AclRule, rule: AclRule, { acl }: AclSource): boolean {
  return setter.priority !== -1 && rule.priority !== -1 && acl.rules.indexOf(setter) >= acl.rules.indexOf(rule);
}

function hasHiddenRules({ acl }: AclSource): boolean {
  return acl.rules.some(({ statement }) => statement.kind === 'unknown');
}

function ownMayBeSet(setters: readonly LabelSetter[]): boolean {
  return setters.some(
    ({ rule, mayMore }) => mayMore && rule.statement.kind !== 'managed-group' && rule.statement.kind !== 'rule-group',
  );
}

function nearestOwn({ key }: LabelMatch, setters: readonly LabelSetter[]): string | undefined {
  const written = setters.flatMap(({ rule }) => rule.labels);
  return written.find((label) => label.toLowerCase() === key.toLowerCase()) ?? closest(key, written);
}

function ofNoRule({ key }: LabelMatch, rule: AclRule, meant: string | undefined, why = 'no rule sets it'): LintFinding {
  return {
    id: 'label-of-no-rule',
    severity: 'error',
    place: rule.place,
    rule: rule.name,
    what: `The rule waits for the label ${quoted(key)}, and ${why}.`,
    consequence: 'The label is never there, and AWS says nothing: labels are compared letter by letter.',
    cure:
      meant === undefined
        ? 'Name a label that a rule before this one sets.'
        : `Name ${quoted(meant)}, if that is what was meant.`,
  };
}

function tooLate({ key }: LabelMatch, rule: AclRule, setters: readonly LabelSetter[]): LintFinding {
  const [setter] = setters;
  return {
    id: 'label-too-late',
    severity: 'error',
    place: rule.place,
    rule: rule.name,
    what: `The rule waits for the label ${quoted(key)}, which ${quoted(setter?.rule.name ?? '')} sets, and that rule is not before it.`,
    consequence: 'The label is not there yet when the rule is evaluated.',
    cure: `Give the rule a priority above ${setter?.rule.priority ?? 0}.`,
  };
}
