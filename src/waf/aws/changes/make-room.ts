import type { AclRule } from '../acl/web-acl.js';

/** New rules behind an existing one. */
export interface Insertion {
  readonly after: string;
  readonly rules: readonly AclRule[];
}

/** The highest priority that AWS WAF takes is not documented; an `Integer` of its API has 32 bits. */
const largest = 2 ** 31 - 1;

/**
 * All rules in the order in which they are evaluated, each with a priority of its own. Those that are there keep theirs
 * where the numbers between them leave room for the new ones, and move up only as far as they must; so do those whose
 * priority is known at deployment only.
 */
export function makeRoom(rules: readonly AclRule[], insertions: readonly Insertion[]): readonly AclRule[] {
  const behind = new Map(insertions.map(({ after, rules: added }) => [after, added]));
  const isNew = new Set(insertions.flatMap(({ rules: added }) => added));
  const order = rules.flatMap((rule) => [rule, ...(behind.get(rule.name) ?? [])]);
  let last = -1;
  return order.map((rule) => {
    if (rule.priority < 0) return rule;
    const wanted = isNew.has(rule) ? last + 1 : rule.priority;
    last = Math.min(Math.max(wanted, last + 1), largest);
    return last === rule.priority ? rule : { ...rule, priority: last };
  });
}
