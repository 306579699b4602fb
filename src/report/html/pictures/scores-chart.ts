import { max, range } from 'd3-array';
import { scaleLinear, scaleSqrt } from 'd3-scale';
import type { VerdictKind } from '../../../model/case.js';
import type { StreamedReport } from '../../../model/report.js';
import {
  bottomAxis,
  type Chart,
  type ChartFrame,
  type ChartTable,
  chartSvg,
  type LegendEntry,
  leftAxis,
  linkedMark,
  type Tick,
  usualFrame,
} from '../../charts/chart.js';
import { type Markup, tag } from '../../charts/markup.js';
import { digestOf } from '../../result-digest.js';
import { formatCount, plural } from '../../run-texts.js';
import type { ScoreCounts } from '../../score-counts.js';
import { filterLink } from './filter-link.js';
import { type ScoreBin, scoreBins } from './score-bins.js';
import { type StackPiece, stackVerdicts, verdictEntry, verdictLegend } from './verdict-stack.js';

const frame: ChartFrame = { ...usualFrame, top: 52 };
const mostThresholds = 3;
const bottomTicks = 6;
/** Counts that an axis may name, each in its turn where there is room. */
const roundCounts = [1, 2, 5].flatMap((one) => range(0, 9).map((power) => one * 10 ** power));
const leastGap = 26;

/** How the anomaly scores lie around the threshold; nothing where the WAF gives none. */
export function scoresChart(report: StreamedReport): readonly Chart[] {
  const { scores } = digestOf(report);
  const [[threshold] = [undefined]] = scores.thresholds;
  if (threshold === undefined) return [];
  const bins = scoreBins(scores);
  const pieces = stackVerdicts(bins.map(({ counts }) => counts));
  if (pieces.length === 0) return [];
  const id = 'chart-scores';
  const title = 'Anomaly scores';
  const says = saysOf(scores, threshold);
  const svg = drawScores({ id, title, says }, { bins, pieces, thresholds: shownThresholds(scores) });
  return [{ id, title, says, legend: verdictLegend(pieces, entryOf), svg: [svg], table: scoresTable(bins) }];
}

/** Under the threshold a request that rules matched is a near miss, and that is what its colour is to say. */
function entryOf(kind: VerdictKind): LegendEntry {
  return kind === 'let-through' ? { tone: 'doubtful', label: 'Near miss' } : verdictEntry(kind);
}

function saysOf({ byScore, thresholds }: ScoreCounts, threshold: number): string {
  const near = [...byScore].reduce(
    (sum, [score, counts]) => sum + (score > 0 && score < threshold ? (counts['let-through'] ?? 0) : 0),
    0,
  );
  const none = Object.values(byScore.get(0) ?? {}).reduce((sum, count) => sum + count, 0);
  return [
    `${plural(near, 'legitimate request')} ${near === 1 ? 'is a near miss' : 'are near misses'}: rules matched, and the score stayed under the threshold of ${formatCount(threshold)}.`,
    ...(thresholds.length > 1 ? [`Cases were judged by ${plural(thresholds.length, 'threshold')}.`] : []),
    ...(none > 0 ? [`${plural(none, 'case')} with a score of 0 ${none === 1 ? 'is' : 'are'} not drawn.`] : []),
  ].join(' ');
}

function shownThresholds({ thresholds }: ScoreCounts): readonly number[] {
  return thresholds.slice(0, mostThresholds).map(([threshold]) => threshold);
}

interface Drawn {
  readonly bins: readonly ScoreBin[];
  readonly pieces: readonly StackPiece[];
  readonly thresholds: readonly number[];
}

function drawScores(names: Pick<Chart, 'id' | 'title' | 'says'>, { bins, pieces, thresholds }: Drawn): Markup {
  const { width, height, left, right, top, bottom } = frame;
  const [from, to] = [bins[0]?.from ?? 0, bins.at(-1)?.to ?? 1];
  const x = scaleLinear([from, to], [left, width - right]);
  // Near misses are few beside what is blocked: the square root keeps them visible.
  const y = scaleSqrt([0, max(pieces, (piece) => piece.to) ?? 1], [height - bottom, top]);
  const inside = thresholds.filter((one) => one >= from && one <= to);
  return chartSvg(
    { ...names, width, height },
    leftAxis(frame, countTicks(y), 'cases, on a scale of square roots'),
    ...pieces.map((piece) => drawPiece(piece, bins[piece.column], x, y)),
    ...inside.map((value, place) => drawThreshold(value, x(value), place)),
    bottomAxis(
      frame,
      x.ticks(bottomTicks).flatMap((value) => (value < 0 ? [] : [{ at: x(value), text: formatCount(value) }])),
      'anomaly score',
    ),
  );
}

type Scale = (value: number) => number;

/** Nothing, and as many round numbers as have room between one another, from the highest down. */
function countTicks(y: ReturnType<typeof scaleSqrt<number, number>>): readonly Tick[] {
  const most = y.domain()[1] ?? 1;
  const ticks: Tick[] = [];
  for (const value of [most, ...roundCounts.filter((one) => one < most).sort((a, b) => b - a), 0]) {
    const isNear = ticks.some(({ at }) => Math.abs(at - y(value)) < leastGap);
    if (!isNear) ticks.push({ at: y(value), text: formatCount(value) });
  }
  return ticks;
}

function drawPiece({ kind, from, to }: StackPiece, bin: ScoreBin | undefined, x: Scale, y: Scale): readonly Markup[] {
  if (bin === undefined) return [];
  const { tone, label } = entryOf(kind);
  const [start, end] = [x(bin.from) + 1, x(bin.to) - 1];
  const box = { x: start, y: y(to), width: Math.max(1, end - start), height: Math.max(1, y(from) - y(to)) };
  const link = filterLink({ score: rangeOf(bin), verdict: kind }) ?? '#cases';
  const said = `${label}, score ${scoreText(bin)}: ${plural(to - from, 'case')}`;
  return [linkedMark(link, said, tag('rect', { class: `mark tone-${tone}`, ...box }))];
}

function drawThreshold(value: number, x: number, place: number): readonly Markup[] {
  return [
    tag('line', { class: 'chart-threshold', x1: x, x2: x, y1: frame.top - 10, y2: frame.height - frame.bottom }),
    tag(
      'text',
      { class: 'chart-note', x: x + 5, y: frame.top - 2 - place * 14 },
      `threshold ${formatCount(value)}: blocked from here on`,
    ),
  ];
}

/** `5..9`, as the search of the page takes it. */
function rangeOf({ from, to, isLast }: ScoreBin): string {
  if (isLast) return `${from}..`;
  return to - from === 1 ? `${from}` : `${from}..${to - 1}`;
}

function scoreText({ from, to, isLast }: ScoreBin): string {
  if (isLast) return `${formatCount(from)} and more`;
  return to - from === 1 ? formatCount(from) : `${formatCount(from)} to ${formatCount(to - 1)}`;
}

function scoresTable(bins: readonly ScoreBin[]): ChartTable {
  const rows = bins.flatMap((bin) => {
    const counts = Object.entries(bin.counts) as readonly (readonly [VerdictKind, number])[];
    return counts.map(([kind, count]) => [
      { text: scoreText(bin) },
      { text: entryOf(kind).label },
      { text: formatCount(count), link: filterLink({ score: rangeOf(bin), verdict: kind }) ?? '#cases' },
    ]);
  });
  return { head: ['Score', 'Verdict', 'Cases'], rows };
}
