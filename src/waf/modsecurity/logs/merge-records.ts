import { wafActions } from '../../../model/evidence.js';
import type { LinesSeen, ModsecurityHit, ModsecurityRecord } from '../log-record.js';

/**
 * What two records with one correlation id come to. Of one transaction, they complete each other: lines of an error log,
 * or an error log and an audit log. Of two transactions the graver one counts, and of equal ones the first: two arise
 * where two WAFs stand in a row, where a server logs an internal redirect apart, and where a request was sent again
 * because its connection had been closed.
 */
export function mergeRecords(first: ModsecurityRecord | undefined, later: ModsecurityRecord): ModsecurityRecord {
  if (first === undefined) return later;
  if (isSameTransaction(first, later)) return combine(first, later);
  return isGraver(later, first) ? later : first;
}

function isGraver({ action }: ModsecurityRecord, than: ModsecurityRecord): boolean {
  return wafActions.indexOf(action) > wafActions.indexOf(than.action);
}

function isSameTransaction(first: ModsecurityRecord, later: ModsecurityRecord): boolean {
  return first.transactionId !== undefined && first.transactionId === later.transactionId;
}

function combine(first: ModsecurityRecord, later: ModsecurityRecord): ModsecurityRecord {
  const [main, other] = isPartial(first) && !isPartial(later) ? [later, first] : [first, later];
  const graver = isGraver(other, main) ? other : main;
  const blockedBy = graver.blockedBy ?? (other.action === main.action ? other.blockedBy : undefined);
  const { partial: _, lines: __, blockedBy: ___, ...both } = { ...other, ...main };
  const lines = combineLines(main, other);
  return {
    ...both,
    action: graver.action,
    ...(blockedBy !== undefined && { blockedBy }),
    ...((main.request ?? other.request) && { request: { ...other.request, ...main.request } }),
    waf: { ...other.waf, ...main.waf },
    hits: combineHits(main, other),
    ...(lines !== undefined && { lines }),
    ...(isPartial(main) && isPartial(other) && { partial: true }),
  };
}

function isPartial({ partial }: ModsecurityRecord): boolean {
  return partial === true;
}

/** What has no lines is whole by itself, as an audit log's entry is, or tells nothing of them. */
function combineLines(one: ModsecurityRecord, other: ModsecurityRecord): LinesSeen | undefined {
  if (one.lines === undefined) return isPartial(one) ? other.lines : undefined;
  if (other.lines === undefined) return isPartial(other) ? one.lines : undefined;
  return {
    first: one.lines.first || other.lines.first,
    last: one.lines.last || other.lines.last,
    cut: one.lines.cut || other.lines.cut,
  };
}

/** Lines of one error log add up. What an audit log says of a rule stands for what an error log says of it in short. */
function combineHits(main: ModsecurityRecord, other: ModsecurityRecord): readonly ModsecurityHit[] {
  if (isPartial(main) || (isPartial(other) && main.hits.length === 0)) return [...main.hits, ...other.hits];
  const known = new Set(main.hits.map(({ ruleId }) => ruleId));
  return [...main.hits, ...other.hits.filter(({ ruleId }) => !known.has(ruleId))];
}
