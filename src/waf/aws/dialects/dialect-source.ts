import type { DialectNotes, Written } from '../../../contract/dialect.js';
import { type Drafted, writtenFrom } from '../../../exclude/written-draft.js';
import type { Exclusion } from '../../../model/exclusion.js';
import { groupBy } from '../../../util/group-by.js';
import { aclCapacity } from '../acl/capacity.js';
import type { AclSource } from '../acl/web-acl.js';
import type { AclChange } from '../changes/acl-change.js';
import { planChanges } from '../changes/plan-changes.js';
import { isForAll } from '../changes/reblock-rules.js';

/** What a dialect writes from: the ACL as it is, what is to be done to it, and for which exclusions. */
export interface ChangeSet {
  readonly source: AclSource;
  readonly changes: readonly AclChange[];
  readonly exclusions: readonly Exclusion[];
  readonly notes: DialectNotes;
}

export function changeSet(source: AclSource, exclusions: readonly Exclusion[], notes: DialectNotes): ChangeSet {
  return { source, changes: planChanges(source.acl, exclusions).changes, exclusions, notes };
}

/** Capacity units that a web ACL may have, and those that are in its basic price (AWS WAF quotas and pricing). */
const mostUnits = 5000;
const basicUnits = 1500;

/** What the changes take of the capacity of the ACL. */
export function capacityText({ source: { acl, resources }, exclusions }: ChangeSet): string {
  const before = aclCapacity(acl, resources);
  const after = aclCapacity(planChanges(acl, exclusions).acl, resources);
  const more = after.units - before.units;
  const total = (acl.capacity ?? before.units) + more;
  const about = acl.capacity === undefined && (before.isEstimate || before.missing.length > 0) ? 'at least ' : '';
  const limit =
    total > mostUnits
      ? `MORE THAN THE ${mostUnits} that a web ACL may have`
      : total > basicUnits
        ? `above the ${basicUnits} that are in the basic price`
        : `of ${mostUnits}`;
  return `${more} capacity units (WCU) more, by our count: ${about}${total} ${limit}.`;
}

/** The exclusions that a change serves; a rule that makes room serves none. */
export function servedBy(change: AclChange, exclusions: readonly Exclusion[]): readonly Exclusion[] {
  return change.kind === 'move' ? [] : exclusions.filter(({ id }) => change.exclusions.includes(id));
}

/** Files, and what they are made of where a part of the exclusions comes to a part of the changes. */
export function writtenInParts(drafted: Drafted): Written {
  const { draft, ...written } = writtenFrom(drafted);
  return hasParts(drafted.exclusions) && draft !== undefined ? { ...written, draft } : written;
}

/** Where a rule of a group counts whatever the request, none blocks again for other exclusions, which would need one without it. */
function hasParts(exclusions: readonly Exclusion[]): boolean {
  const counted = exclusions.filter((one) => 'groupRule' in one && one.groupRule !== undefined);
  const groups = groupBy(counted, (one) => ('groupRule' in one ? JSON.stringify([one.aclRule, one.groupRule]) : ''));
  const isNarrow = (one: Exclusion) => one.effect === 'count-and-reblock' && !isForAll(one);
  return [...groups.values()].every((own) => own.length === 1 || own.every(isNarrow));
}
