import type { TrendKind } from '../../model/history.js';
import type { Finding, StreamedReport } from '../../model/report.js';
import { trendText } from '../history-texts.js';
import { shownText } from './page-text.js';

/** How a finding comes and goes; empty texts where there is no history of more than one run. */
export interface TrendView {
  readonly kind: TrendKind | '';
  readonly text: string;
}

const none: TrendView = { kind: '', text: '' };

/** What the history of a report tells of each finding. */
export function viewTrends({ history }: StreamedReport): (finding: Finding) => TrendView {
  if (history === undefined || history.runs.length < 2) return () => none;
  const trends = new Map(history.findings.map((trend) => [trend.id, trend]));
  return ({ id }) => {
    const trend = trends.get(id);
    return trend === undefined ? none : { kind: trend.kind, text: shownText(trendText(trend, history)) };
  };
}
