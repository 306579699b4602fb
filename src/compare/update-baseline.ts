import type { BaselineEntry, BaselineNotes, BaselineUpdate } from '../model/baseline.js';
import type { StreamedReport } from '../model/report.js';
import { isWhole, unexpectedOf } from './apply-baseline.js';

/**
 * A baseline that accepts all that did not come out as expected in a report. What was in it keeps its reason and its day; what was
 * not seen goes, where all cases were run.
 */
export function updateBaseline(
  report: StreamedReport,
  old: readonly BaselineEntry[],
  notes: BaselineNotes,
): BaselineUpdate {
  const unexpected = unexpectedOf(report);
  const known = new Map(old.map((entry) => [entry.id, entry]));
  const seen = new Set(unexpected.map(({ id }) => id));
  const today = report.startedAt.slice(0, 10);
  const isOver = ({ expires }: BaselineEntry) => expires !== undefined && expires < today;
  const entries = unexpected.map(({ id, what }): BaselineEntry => {
    const entry = known.get(id);
    if (entry === undefined) return { id, what, ...notes };
    return isOver(entry) && notes.expires !== undefined
      ? { ...entry, what, expires: notes.expires }
      : { ...entry, what };
  });
  const unseen = [...known.values()].filter(({ id }) => !seen.has(id));
  const kept = isWhole(report) ? [] : unseen;
  return {
    entries: [...entries, ...kept],
    added: entries.filter(({ id }) => !known.has(id)),
    dropped: isWhole(report) ? unseen : [],
    expired: entries.filter(isOver),
  };
}
