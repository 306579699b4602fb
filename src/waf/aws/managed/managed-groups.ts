import { closest } from '../../../util/closest.js';
import { baselineGroups } from './baseline-groups.js';
import { clientGroups } from './client-groups.js';
import type { ManagedRule, ManagedRuleGroup } from './managed-rule.js';
import { useCaseGroups } from './use-case-groups.js';

/** What AWS has published of its managed groups, as of November 2026. Their rules differ by version. */
export const managedGroups: readonly ManagedRuleGroup[] = [...baselineGroups, ...useCaseGroups, ...clientGroups];

/** A rule with the group that it is in. */
export interface RuleOfGroup {
  readonly group: ManagedRuleGroup;
  readonly rule: ManagedRule;
}

/** The group of that vendor and name; nothing where it is not known here. */
export function findManagedGroup(vendor: string, name: string): ManagedRuleGroup | undefined {
  return managedGroups.find((group) => group.vendor === vendor && group.name === name);
}

/** A rule of a group by its name. Names are compared letter by letter, as AWS does. */
export function findManagedRule(group: ManagedRuleGroup, name: string): ManagedRule | undefined {
  return group.rules.find((rule) => rule.name === name);
}

/** The rule that sets a label, which is given in full. */
export function ruleByLabel(label: string): RuleOfGroup | undefined {
  for (const group of managedGroups) {
    const rule = group.rules.find((it) => it.label === label || it.otherLabels.includes(label));
    if (rule !== undefined) return { group, rule };
  }
  return undefined;
}

/** The group whose labels begin so. */
export function groupByLabel(label: string): ManagedRuleGroup | undefined {
  return managedGroups.find(({ labelNamespace }) => label.startsWith(labelNamespace));
}

/** The rule that a name most likely means: written in other letters, without the part that it is about, or misspelt. */
export function closestRule(group: ManagedRuleGroup, name: string): string | undefined {
  const current = group.rules.filter(({ age }) => age === undefined).map((rule) => rule.name);
  return likely(name, current);
}

/** The label of a group that a text most likely means. */
export function closestLabel(group: ManagedRuleGroup, label: string): string | undefined {
  return likely(
    label,
    group.rules.map((rule) => rule.label),
    group.labelNamespace.length,
  );
}

/** What all candidates begin with says nothing about how near they are. */
function likely(text: string, candidates: readonly string[], prefix = 0): string | undefined {
  const lower = text.toLowerCase();
  const sameLetters = candidates.find((it) => it.toLowerCase() === lower && it !== text);
  const longer = candidates.find((it) => it.toLowerCase().startsWith(`${lower}_`));
  if (sameLetters !== undefined || longer !== undefined) return sameLetters ?? longer;
  const near = closest(
    text.slice(prefix),
    candidates.map((it) => it.slice(prefix)),
  );
  return near === undefined ? undefined : candidates.find((it) => it.slice(prefix) === near);
}
