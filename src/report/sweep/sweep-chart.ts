import { extent } from 'd3-array';
import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import type { SweepReport, SweptRuleSet, SweptSetting } from '../../model/sweep.js';
import { bottomAxis, type ChartFrame, chartSvg, leftAxis, usualFrame } from '../charts/chart.js';
import { type Markup, tag } from '../charts/markup.js';
import { gridOf, outcomeText, ruleSetText, valuesText } from './sweep-texts.js';

const frame: ChartFrame = { ...usualFrame, height: 340, right: 84 };
const ticks = 5;
const colours = 4;
const strokes = 3;
const mostLabel = 24;

/** A line of the chart: one value of the first setting, with all values of the second as its points. */
interface Series {
  readonly label: string;
  /** Which of the colours, and which of the strokes, from 0. */
  readonly colour: number;
  readonly stroke: number;
  readonly points: readonly SweptSetting[];
}

/** What is detected over what it costs: a line for each value of the first setting. */
export function sweepChart(report: SweepReport): Markup {
  const { cases, ruleSets } = report;
  const all = ruleSets.flatMap(({ settings }) => settings);
  const costOf = ({ falsePositives }: SweptSetting) => shareOf(falsePositives, cases.legitimate);
  const gainOf = ({ detected }: SweptSetting) => shareOf(detected, cases.attacks);
  const { width, height, left, right, top, bottom } = frame;
  const x = percentScale([0, ...all.map(costOf)], [left, width - right]);
  const y = percentScale([100, ...all.map(gainOf)], [height - bottom, top]);
  const place = (one: SweptSetting) => ({ x: x(costOf(one)), y: y(gainOf(one)) });
  const series = ruleSets.flatMap(seriesOf);
  const title = 'Attacks detected over legitimate requests blocked';
  const says = 'A line for each value of the first setting, a point for each value of the second.';
  return chartSvg(
    { id: 'chart-sweep', title, says, width, height },
    leftAxis(frame, ticksOf(y), 'attacks detected, %'),
    bottomAxis(frame, ticksOf(x), 'legitimate requests blocked, %'),
    ...series.flatMap((one) => drawSeries(one, place, report)),
  );
}

/** Which stroke stands for which rule set; nothing where there is one. */
export function strokesOf({ ruleSets }: SweepReport): readonly Markup[] {
  if (ruleSets.length < 2) return [];
  const rows = ruleSets.map((ruleSet, stroke) => {
    const path = tag('path', { class: `stroke-${stroke % strokes}`, d: 'M0,5H40' });
    const key = tag('svg', { class: 'stroke-key', viewBox: '0 0 40 10', 'aria-hidden': 'true' }, path);
    return tag('li', {}, key, ruleSetText(ruleSet));
  });
  return [tag('ul', { class: 'legend' }, rows)];
}

function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : (part / whole) * 100;
}

/** Percentages between round ends. */
function percentScale(values: readonly number[], range: readonly [number, number]): ScaleLinear<number, number> {
  const [least = 0, most = 100] = extent(values);
  const domain = least === most ? [Math.max(0, least - 1), least === 0 ? 1 : most] : [least, most];
  return scaleLinear(domain, range).nice(ticks);
}

function ticksOf(scale: ScaleLinear<number, number>) {
  return scale.ticks(ticks).map((value) => ({ at: scale(value), text: `${value}` }));
}

/** Lines are named where they are told apart by nothing else: those of the first rule set. */
function seriesOf(ruleSet: SweptRuleSet, stroke: number): readonly Series[] {
  const grid = gridOf(ruleSet);
  return grid.columns.map((column, colour) => ({
    label: stroke === 0 ? `${grid.columnName} ${column}`.trim() : '',
    colour: colour % colours,
    stroke: stroke % strokes,
    points: grid.rows.flatMap((row) => grid.at(row, column) ?? []),
  }));
}

type Place = (one: SweptSetting) => { readonly x: number; readonly y: number };

function drawSeries({ label, colour, stroke, points }: Series, place: Place, report: SweepReport): readonly Markup[] {
  const path = line<SweptSetting>(
    (one) => place(one).x,
    (one) => place(one).y,
  ).digits(1)(points);
  const [first] = points;
  if (first === undefined || path === null) return [];
  const dots = points.map((one) => {
    const { x, y } = place(one);
    const said = `${valuesText(one.values)}: ${outcomeText(one, report)}`;
    return tag('circle', { class: `series-${colour}`, cx: x, cy: y, r: 4 }, tag('title', {}, said));
  });
  const { x, y } = place(first);
  const name = tag('text', { class: 'chart-note', x: x + 8, y: y + 4 }, label.slice(0, mostLabel));
  return [
    tag('path', { class: `series series-${colour} stroke-${stroke}`, d: path }),
    ...dots,
    ...(label === '' ? [] : [name]),
  ];
}
