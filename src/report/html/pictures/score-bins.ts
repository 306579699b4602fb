import { bin, range } from 'd3-array';
import type { VerdictKind } from '../../../model/case.js';
import type { CountsByVerdict, ScoreCounts } from '../../score-counts.js';

/** Scores from `from` up to `to` (exclusive), and how many cases came out with one. */
export interface ScoreBin {
  readonly from: number;
  readonly to: number;
  /** Nothing limits it above. */
  readonly isLast: boolean;
  readonly counts: CountsByVerdict;
}

/** Widths of bins, in points. */
const widths = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
const mostBins = 40;
/** What scores more than so many times the threshold is in one bin. */
const farBeyond = 8;

/**
 * Scores above nothing in bins of one width, of which one begins at the threshold, so that what is under it and what is not are never in
 * one bin; of several thresholds the most frequent one. Very high scores share the last one.
 */
export function scoreBins({ byScore, thresholds }: ScoreCounts): readonly ScoreBin[] {
  const [[threshold] = [1]] = thresholds;
  const scores = [...byScore].flatMap(([score, counts]) => (score > 0 ? [{ score, counts }] : []));
  const highest = scores.reduce((most, { score }) => Math.max(most, score), threshold);
  const reach = thresholds.reduce((most, [one]) => Math.max(most, one), highest);
  const end = Math.min(reach + 1, Math.max(threshold * farBeyond, 20));
  const width = widths.find((one) => one * mostBins >= end) ?? end / mostBins;
  const below = Math.max(1, Math.ceil(threshold / width));
  const start = threshold - below * width;
  const edges = range(start, end + width, width);
  const [first = start, last = end] = [edges[0], edges.at(-1)];
  const sort = bin<(typeof scores)[number], number>()
    .value(({ score }) => Math.min(score, last - width / 2))
    .domain([first, last])
    .thresholds(edges.slice(1, -1));
  return sort(scores).map((own, place, all) => ({
    from: own.x0 ?? 0,
    to: own.x1 ?? 0,
    isLast: place === all.length - 1 && highest >= last,
    counts: addUp(own.map(({ counts }) => counts)),
  }));
}

function addUp(all: readonly CountsByVerdict[]): CountsByVerdict {
  const sum: Partial<Record<VerdictKind, number>> = {};
  for (const counts of all)
    for (const kind of Object.keys(counts) as VerdictKind[]) sum[kind] = (sum[kind] ?? 0) + (counts[kind] ?? 0);
  return sum;
}
