import { max } from 'd3-array';
import { scaleBand, scaleLinear } from 'd3-scale';
import type { VerdictKind } from '../../../model/case.js';
import type { HistoricRun } from '../../../model/history.js';
import type { StreamedReport } from '../../../model/report.js';
import {
  bottomAxis,
  type Chart,
  type ChartTable,
  chartSvg,
  usualFrame as frame,
  leftAxis,
  type Tick,
} from '../../charts/chart.js';
import { type Markup, tag } from '../../charts/markup.js';
import { formatCount, plural } from '../../run-texts.js';
import { verdictOrder, verdictTexts } from '../../verdict-texts.js';
import { type StackPiece, stackVerdicts, verdictEntry, verdictLegend } from './verdict-stack.js';

const ticks = 4;
const mostDates = 5;

/** What needs attention; the rest of the cases is told in words. */
const drawnKinds: readonly VerdictKind[] = verdictOrder.filter((kind) => verdictTexts[kind].tone !== 'good');

/** How verdicts came and went from run to run; nothing of a first run. */
export function historyChart({ history }: StreamedReport): readonly Chart[] {
  if (history === undefined || history.runs.length < 2) return [];
  const { runs } = history;
  const pieces = stackVerdicts(
    runs.map(({ verdicts }) => verdicts),
    drawnKinds,
  );
  const id = 'chart-history';
  const title = 'Verdicts over time';
  const says = saysOf(runs, pieces);
  const svg = drawHistory({ id, title, says }, runs, pieces);
  return [{ id, title, says, legend: verdictLegend(pieces), svg: [svg], table: historyTable(runs) }];
}

function saysOf(runs: readonly HistoricRun[], pieces: readonly StackPiece[]): string {
  const [first, last] = [runs[0], runs.at(-1)];
  const span = `${plural(runs.length, 'run')} from ${day(first)} to ${day(last)}, this one last.`;
  if (pieces.length === 0) return `${span} In none of them was there anything to look at.`;
  return `${span} What is drawn needs attention; the other cases came out well, ${formatCount(wellOf(last))} of ${formatCount(last?.cases ?? 0)} in this run.`;
}

function wellOf(run: HistoricRun | undefined): number {
  const drawn = drawnKinds.reduce((sum, kind) => sum + (run?.verdicts[kind] ?? 0), 0);
  return (run?.cases ?? 0) - drawn;
}

/** `2026-11-24` */
function day(run: HistoricRun | undefined): string {
  return run?.startedAt.slice(0, 10) ?? '';
}

function drawHistory(
  names: Pick<Chart, 'id' | 'title' | 'says'>,
  runs: readonly HistoricRun[],
  pieces: readonly StackPiece[],
): Markup {
  const { width, height, left, right, top, bottom } = frame;
  const x = scaleBand([...runs.keys()], [left, width - right]).padding(0.2);
  const y = scaleLinear([0, max(pieces, ({ to }) => to) ?? 1], [height - bottom, top]).nice(ticks);
  const whole = y.ticks(ticks).filter(Number.isInteger);
  const middle = (place: number) => (x(place) ?? 0) + x.bandwidth() / 2;
  return chartSvg(
    { ...names, width, height },
    leftAxis(
      frame,
      whole.map((value) => ({ at: y(value), text: formatCount(value) })),
      'cases',
    ),
    ...pieces.map((piece) => {
      const box = {
        x: x(piece.column) ?? 0,
        width: x.bandwidth(),
        y: y(piece.to),
        height: y(piece.from) - y(piece.to),
      };
      const { tone, label } = verdictEntry(piece.kind);
      const said = `${timeOf(runs[piece.column])}: ${label}, ${plural(piece.to - piece.from, 'case')}`;
      return tag('rect', { class: `mark tone-${tone}`, ...box }, tag('title', {}, said));
    }),
    bottomAxis(frame, dateTicks(runs, middle), 'run'),
  );
}

/** `2026-11-24 02:00` */
function timeOf(run: HistoricRun | undefined): string {
  return run?.startedAt.slice(0, 16).replace('T', ' ') ?? '';
}

/** Some of the runs, among them the first one; each day once. */
function dateTicks(runs: readonly HistoricRun[], at: (place: number) => number): readonly Tick[] {
  const step = Math.ceil(runs.length / mostDates);
  const texts = runs.map((run) => day(run).slice(5));
  return texts.flatMap((text, place) =>
    place % step === 0 && text !== texts[place - step] ? [{ at: at(place), text }] : [],
  );
}

function historyTable(runs: readonly HistoricRun[]): ChartTable {
  const kinds = verdictOrder.filter((kind) => runs.some(({ verdicts }) => (verdicts[kind] ?? 0) > 0));
  const rows = runs
    .toReversed()
    .map((run) => [
      { text: timeOf(run) },
      { text: formatCount(run.cases) },
      ...kinds.map((kind) => ({ text: formatCount(run.verdicts[kind] ?? 0) })),
    ]);
  return { head: ['Run', 'Cases', ...kinds.map((kind) => verdictTexts[kind].label)], rows };
}
