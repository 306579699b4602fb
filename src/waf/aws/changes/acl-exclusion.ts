import type { Exclusion } from '../../../model/exclusion.js';
import { groupBy } from '../../../util/group-by.js';

/** An exclusion that changes a rule of a web ACL. */
export type AclExclusion = Extract<Exclusion, { readonly aclRule: string }>;

export function isOfAcl(exclusion: Exclusion): exclusion is AclExclusion {
  return 'aclRule' in exclusion;
}

type InGroup = Extract<AclExclusion, { readonly groupRule?: string }>;

/** Those that let a rule of a group count only, by that rule; in a fixed order, so that the same exclusions are always written alike. */
export function inGroups(exclusions: readonly AclExclusion[]): ReadonlyMap<string, readonly InGroup[]> {
  const own = exclusions.filter((one) => one.effect === 'count-and-reblock' || one.effect === 'count-only');
  const named = own.flatMap((one) => (one.groupRule === undefined ? [] : [{ one, groupRule: one.groupRule }]));
  const groups = groupBy(named, ({ groupRule }) => groupRule);
  const inOrder = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(inOrder.map(([groupRule, group]) => [groupRule, group.map(({ one }) => one)]));
}
