import type { FindingTrend } from '../model/history.js';
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

/** `Tuesday, 2026-11-24` */
function day({ since }: FindingTrend): string {
  const names = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
  return `${names[new Date(since).getUTCDay()]}, ${since.slice(0, 10)}`;
}
