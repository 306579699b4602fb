import type { SweepReport, SweptRuleSet, SweptSetting } from '../../model/sweep.js';
import { xmlText } from '../xml-escape.js';
import { gridOf, outcomeText, ruleSetText, valuesText } from './sweep-texts.js';

const width = 720;
const height = 400;
const edge = { left: 64, right: 120, top: 16, bottom: 48 };
const inner = { width: width - edge.left - edge.right, height: height - edge.top - edge.bottom };
const niceSteps = [0.25, 0.5, 1, 2.5, 5, 10, 25];
const mostSteps = 4;

/** A line of the chart: one value of the first setting, with all values of the second as its points. */
interface Series {
  readonly label: string;
  /** Which of the colours, and which of the strokes, from 0. */
  readonly colour: number;
  readonly stroke: number;
  readonly points: readonly SweptSetting[];
}

/** What is detected over what it costs, as SVG: a line for each value of the first setting. */
export function sweepChart(report: SweepReport): string {
  const { cases, ruleSets } = report;
  const all = ruleSets.flatMap(({ settings }) => settings);
  const x = scale(
    all.map(({ falsePositives }) => shareOf(falsePositives, cases.legitimate)),
    0,
  );
  const y = scale(
    all.map(({ detected }) => shareOf(detected, cases.attacks)),
    100,
  );
  const place = (one: SweptSetting) => ({
    x: edge.left + x.at(shareOf(one.falsePositives, cases.legitimate)) * inner.width,
    y: edge.top + (1 - y.at(shareOf(one.detected, cases.attacks))) * inner.height,
  });
  const series = ruleSets.flatMap((ruleSet, stroke) => seriesOf(ruleSet, stroke));
  return [
    `<svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="chart-title">`,
    '<title id="chart-title">Attacks detected over legitimate requests blocked, in percent</title>',
    ...axes(x, y),
    ...series.flatMap((one) => drawn(one, place, report)),
    '</svg>',
  ].join('\n');
}

function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : (part / whole) * 100;
}

interface Scale {
  readonly ticks: readonly number[];
  /** Where a value is between the first tick and the last, 0 to 1. */
  at(value: number): number;
}

/** Round numbers from the least to the most of the values, and to an end that is always there. */
function scale(values: readonly number[], end: number): Scale {
  const [least, most] = [Math.min(end, ...values), Math.max(end, ...values)];
  const step = niceSteps.find((one) => one * mostSteps >= most - least) ?? 25;
  const from = Math.floor(least / step) * step;
  const count = Math.max(1, Math.ceil((most - from) / step));
  const ticks = Array.from({ length: count + 1 }, (_, place) => from + place * step);
  return { ticks, at: (value) => (value - from) / (count * step) };
}

/** Lines are named where they are told apart by nothing else: those of the first rule set. */
function seriesOf(ruleSet: SweptRuleSet, stroke: number): readonly Series[] {
  const grid = gridOf(ruleSet);
  return grid.columns.map((column, colour) => ({
    label: stroke === 0 ? `${grid.columnName} ${column}` : '',
    colour: colour % 4,
    stroke: stroke % 3,
    points: grid.rows.flatMap((row) => grid.at(row, column) ?? []),
  }));
}

/** Which stroke stands for which rule set; nothing where there is one. */
export function strokesOf({ ruleSets }: SweepReport): string {
  if (ruleSets.length < 2) return '';
  const rows = ruleSets.map(
    (ruleSet, stroke) =>
      `<li><svg class="key" viewBox="0 0 40 10" aria-hidden="true"><polyline class="s${stroke % 3}" points="0,5 40,5"/></svg> ${xmlText(ruleSetText(ruleSet))}</li>`,
  );
  return `<ul class="keys">${rows.join('')}</ul>`;
}

function axes(x: Scale, y: Scale): readonly string[] {
  const bottom = edge.top + inner.height;
  return [
    ...y.ticks.map((value) => {
      const at = bottom - y.at(value) * inner.height;
      return `<line class="grid" x1="${edge.left}" x2="${edge.left + inner.width}" y1="${at}" y2="${at}"/><text class="tick end" x="${edge.left - 8}" y="${at + 4}">${value}</text>`;
    }),
    ...x.ticks.map(
      (value) =>
        `<text class="tick middle" x="${edge.left + x.at(value) * inner.width}" y="${bottom + 18}">${value}</text>`,
    ),
    `<text class="axis middle" x="${edge.left + inner.width / 2}" y="${height - 8}">legitimate requests blocked, %</text>`,
    `<text class="axis middle" transform="translate(14 ${edge.top + inner.height / 2}) rotate(-90)">attacks detected, %</text>`,
  ];
}

function drawn(
  { label, colour, stroke, points }: Series,
  place: (one: SweptSetting) => { readonly x: number; readonly y: number },
  report: SweepReport,
): readonly string[] {
  const places = points.map(place);
  const line = places.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
  const [first] = places;
  const dots = points.map((one, at) => {
    const title = `${valuesText(one.values)}: ${outcomeText(one, report)}`;
    return `<circle class="c${colour}" cx="${places[at]?.x.toFixed(1)}" cy="${places[at]?.y.toFixed(1)}" r="4"><title>${xmlText(title)}</title></circle>`;
  });
  return [
    `<polyline class="c${colour} s${stroke}" points="${line}"/>`,
    ...dots,
    ...(first === undefined || label === ''
      ? []
      : [
          `<text class="label c${colour}" x="${(first.x + 8).toFixed(1)}" y="${(first.y + 4).toFixed(1)}">${xmlText(label.slice(0, 40))}</text>`,
        ]),
  ];
}
