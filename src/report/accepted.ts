import type { BaselineEntry } from '../model/baseline.js';
import type { Finding, StreamedReport } from '../model/report.js';
import { formatCount, plural } from './run-texts.js';

/** The findings that no baseline accepts. */
export function openFindings({
  findings,
  baseline,
}: Pick<StreamedReport, 'findings' | 'baseline'>): readonly Finding[] {
  if (baseline === undefined) return findings;
  const accepted = new Set(baseline.accepted.map(({ id }) => id));
  return findings.filter(({ id }) => !accepted.has(id));
}

/** How many cases did not come out as expected, and are not accepted. */
export function openCount({ summary }: Pick<StreamedReport, 'summary'>): number {
  return summary.unexpected - (summary.accepted ?? 0);
}

/** How the entries of a baseline are spoken of: accepted for a reason, expired, no longer seen. */
export interface BaselineText {
  readonly tone: 'good' | 'doubtful';
  readonly text: string;
}

const maxEntries = 10;

/** What a baseline says of a run, line by line; each is a text as it came. */
export function baselineTexts({ baseline, summary }: StreamedReport): readonly BaselineText[] {
  if (baseline === undefined) return [];
  const { file, accepted, expired, unseen } = baseline;
  const cases = plural(summary.accepted ?? 0, 'case');
  return [
    {
      tone: 'good',
      text: `${file} accepts ${plural(accepted.length, 'entry', 'entries')} of this run, and ${cases} with them`,
    },
    ...entryTexts(expired, (entry) => `Expired on ${entry.expires ?? ''}: ${entry.what} (${entry.reason})`),
    ...entryTexts(unseen, (entry) => `No longer seen: ${entry.what || entry.id} (${entry.reason})`),
  ];
}

function entryTexts(
  entries: readonly BaselineEntry[],
  textOf: (entry: BaselineEntry) => string,
): readonly BaselineText[] {
  const shown = entries.slice(0, maxEntries).map((entry) => ({ tone: 'doubtful' as const, text: textOf(entry) }));
  const more = entries.length - shown.length;
  return more > 0 ? [...shown, { tone: 'doubtful', text: `and ${formatCount(more)} more` }] : shown;
}
