import type { FindingTrend, HistoryOutcome } from '../model/history.js';
import type { StreamedReport } from '../model/report.js';
import { formatCount, plural } from './run-texts.js';

const maxOfKind = 5;

/** What the history tells of a run, line by line; each is a text as it came. Nothing of the first run. */
export function historyTexts({ history }: Pick<StreamedReport, 'history'>): readonly string[] {
  if (history === undefined || history.runs.length < 2) return [];
  const { runs, findings } = history;
  const first = runs[0]?.startedAt.slice(0, 10) ?? '';
  return [
    `${plural(runs.length, 'run')} since ${first}`,
    ...ofKind(findings, 'new', (one) => `New since ${day(one)}: ${one.what}`),
    ...ofKind(
      findings,
      'flaky',
      (one) => `Flaky, in ${formatCount(one.seen)} of ${plural(runs.length, 'run')}: ${one.what}`,
    ),
    ...ofKind(findings, 'gone', (one) => `Gone since ${day(one)}: ${one.what}`),
  ];
}

/** `11 runs since 2026-11-16: 3 findings new, 2 flaky, 1 gone`; nothing of the first run. */
export function historySummary({ history }: Pick<StreamedReport, 'history'>): string {
  if (history === undefined || history.runs.length < 2) return '';
  const { runs, findings } = history;
  const counts = (['new', 'flaky', 'gone'] as const).flatMap((kind) => {
    const count = findings.filter((one) => one.kind === kind).length;
    return count === 0 ? [] : [`${formatCount(count)} ${kind}`];
  });
  const span = `${plural(runs.length, 'run')} since ${runs[0]?.startedAt.slice(0, 10) ?? ''}`;
  return counts.length === 0 ? `${span}: the same findings in all of them` : `${span}. Findings: ${counts.join(', ')}`;
}

function ofKind(
  findings: readonly FindingTrend[],
  kind: FindingTrend['kind'],
  textOf: (trend: FindingTrend) => string,
): readonly string[] {
  const own = findings.filter((one) => one.kind === kind);
  const more = own.length - maxOfKind;
  return [
    ...own.slice(0, maxOfKind).map(textOf),
    ...(more > 0 ? [`and ${formatCount(more)} more that are ${kind}`] : []),
  ];
}

/** How a finding comes and goes, in a few words: `new since Tuesday`, `flaky: in 7 of 20 runs`. */
export function trendText({ kind, since, seen }: FindingTrend, { runs }: HistoryOutcome): string {
  switch (kind) {
    case 'flaky':
      return `flaky: in ${formatCount(seen)} of ${plural(runs.length, 'run')}`;
    case 'lasting':
      return since === runs[0]?.startedAt
        ? `in all of ${plural(runs.length, 'run')}`
        : `since ${recentDay(since, runs)}`;
    case 'new':
    case 'gone':
      return `${kind} since ${recentDay(since, runs)}`;
  }
}

const dayMs = 86_400_000;
const week = 7 * dayMs;

/** The name of a day of the week before the last run, and the date of an earlier one. */
function recentDay(since: string, runs: HistoryOutcome['runs']): string {
  const midnight = (iso: string) => Math.floor(Date.parse(iso) / dayMs) * dayMs;
  const isRecent = midnight(runs.at(-1)?.startedAt ?? since) - midnight(since) < week;
  return isRecent ? weekday(since) : since.slice(0, 10);
}

/** `Tuesday, 2026-11-24` */
function day({ since }: FindingTrend): string {
  return `${weekday(since)}, ${since.slice(0, 10)}`;
}

function weekday(iso: string): string {
  const names = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
  return names[new Date(iso).getUTCDay()] ?? '';
}
