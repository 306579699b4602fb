import { max } from 'd3-array';
import { scaleBand, scaleSqrt } from 'd3-scale';
import type { StreamedReport } from '../../../model/report.js';
import { type Chart, type ChartTable, chartSvg, linkedMark } from '../../charts/chart.js';
import { type Markup, tag } from '../../charts/markup.js';
import { formatCount, plural } from '../../run-texts.js';
import { pageAddress, shownText } from '../page-text.js';
import { filterLink } from './filter-link.js';
import { type MatrixCell, type MatrixData, type MatrixLimits, type MatrixSide, matricesOf } from './matrix-data.js';

/** From this share of ink on, text in a cell is light where the cell is dark, and dark where it is light. */
const strongInk = 0.55;

/** How a matrix is laid out. */
interface Layout {
  readonly name: string;
  readonly limits: MatrixLimits;
  readonly cell: { readonly width: number; readonly height: number };
  /** The room for the names of endpoints: beside the cells, or above them where it is none. */
  readonly left: number;
  readonly gap: number;
  readonly mostLabel: number;
}

const wide: Layout = {
  name: 'wide',
  limits: { rules: 24, endpoints: 18 },
  cell: { width: 30, height: 24 },
  left: 286,
  gap: 0,
  mostLabel: 44,
};
const narrow: Layout = {
  name: 'narrow',
  limits: { rules: 8, endpoints: 10 },
  cell: { width: 39, height: 46 },
  left: 0,
  gap: 20,
  mostLabel: 48,
};
const top = 66;
const right = 40;
const mostName = 12;

/** Which rules refused legitimate requests at which endpoints; nothing where none did. */
export function matrixChart({ findings }: StreamedReport): readonly Chart[] {
  const layouts = [wide, narrow];
  const matrices = matricesOf(
    findings,
    layouts.map(({ limits }) => limits),
  );
  const [data] = matrices;
  if (data === undefined || data.cells.length === 0) return [];
  const id = 'chart-matrix';
  const title = 'Rules against endpoints';
  const says = 'How many legitimate requests each rule refused at each endpoint, most cases first.';
  const svg = layouts.flatMap((layout, place) => {
    const drawn = matrices[place] ?? data;
    return drawMatrix({ id: `${id}-${layout.name}`, title, says: `${says} ${leftOutText(drawn)}` }, drawn, layout);
  });
  return [{ id, title, says, legend: [], svg, table: matrixTable(data) }];
}

function leftOutText({ moreRules, moreEndpoints }: MatrixData): string {
  const left = [
    ...(moreRules > 0 ? [plural(moreRules, 'rule')] : []),
    ...(moreEndpoints > 0 ? [plural(moreEndpoints, 'endpoint')] : []),
  ];
  return left.length === 0 ? '' : `Left out, with fewer cases: ${left.join(', ')}.`;
}

function drawMatrix(names: Pick<Chart, 'id' | 'title' | 'says'>, data: MatrixData, layout: Layout): Markup {
  const { rules, endpoints, cells } = data;
  const { cell, left, gap } = layout;
  const width = left + Math.max(rules.length, 8) * cell.width + right;
  const end = top + endpoints.length * cell.height;
  const x = scaleBand(
    rules.map(({ name }) => name),
    [left, left + rules.length * cell.width],
  ).paddingInner(0.07);
  const y = scaleBand(
    endpoints.map(({ name }) => name),
    [top, end],
  ).paddingInner(0.08);
  const ink = scaleSqrt([0, max(cells, ({ cases }) => cases) ?? 1], [0.1, 0.95]);
  const size = { width: x.bandwidth(), height: y.bandwidth() - gap };
  return chartSvg(
    { ...names, width, height: end + 26, kind: `is-${layout.name}` },
    ...rules.map((rule) => ruleHead(rule, (x(rule.name) ?? 0) + size.width / 2)),
    ...endpoints.map((endpoint) => endpointHead(endpoint, y(endpoint.name) ?? 0, layout)),
    ...cells.map((one) =>
      drawCell(one, { x: x(one.rule) ?? 0, y: (y(one.endpoint) ?? 0) + gap, ...size }, ink(one.cases)),
    ),
    tag('text', { class: 'chart-axis', x: left, y: end + 18 }, leftOutText(data)),
  );
}

function ruleHead(rule: MatrixSide, x: number): Markup {
  const text = cut(ruleLabel(rule.name), mostName);
  const place = { class: 'chart-tick', transform: `translate(${(x + 4).toFixed(1)} ${top - 8}) rotate(-60)` };
  return headLink(rule, text, filterLink({ rule: rule.name }), tag('text', place, text));
}

/** The name of a row or a column as a link; what the link is called has what is seen of it in it. */
function headLink({ name, cases }: MatrixSide, text: string, link: string | undefined, own: Markup): Markup {
  const shown = shownText(name);
  const label = `${shown.includes(text) ? shown : `${text}, ${shown}`}: ${plural(cases, 'case')}`;
  return link === undefined ? own : linkedMark(link, label, own);
}

/** The name of a rule without that of its group: `AWS#Common#LFI` is `LFI`. */
function ruleLabel(name: string): string {
  return name.slice(name.lastIndexOf('#') + 1);
}

function endpointHead(endpoint: MatrixSide, y: number, { left, cell, gap, mostLabel }: Layout): Markup {
  const text = cut(endpoint.name, mostLabel);
  const place = gap > 0 ? { class: 'chart-tick', x: 0, y: y + gap - 6 } : beside(left, y, cell.height);
  return headLink(endpoint, text, filterLink({ endpoint: endpoint.name }), tag('text', place, text));
}

function beside(left: number, y: number, height: number) {
  return { class: 'chart-tick is-end', x: left - 10, y: y + height / 2 + 3 };
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function drawCell(one: MatrixCell, { x, y, width, height }: Box, ink: number): Markup {
  const text = {
    class: ink > strongInk ? 'cell-text is-strong' : 'cell-text',
    x: x + width / 2,
    y: y + height / 2 + 4,
  };
  // Its links are those of the table too: a keyboard does not stop at some hundred cells.
  return tag(
    'a',
    { href: linkOf(one), tabindex: '-1', 'aria-label': cellLabel(one) },
    tag('rect', { class: 'cell tone-bad', x, y, width, height, rx: 3, 'fill-opacity': ink.toFixed(2) }),
    tag('text', text, formatCount(one.cases)),
  );
}

function cellLabel({ rule, endpoint, cases }: MatrixCell): string {
  return `${shownText(rule)} at ${shownText(endpoint)}: ${plural(cases, 'case')}`;
}

function linkOf({ rule, endpoint, finding }: MatrixCell): string {
  return filterLink({ rule, endpoint }) ?? pageAddress('finding', finding);
}

/** The beginning and the end of a text that is too long. */
function cut(text: string, most: number): string {
  const shown = shownText(text);
  if (shown.length <= most) return shown;
  const end = Math.floor(most / 3);
  return `${shown.slice(0, most - end - 1)}…${shown.slice(-end)}`.toWellFormed();
}

function matrixTable({ cells }: MatrixData): ChartTable {
  const rows = cells
    .toSorted((a, b) => b.cases - a.cases)
    .map((one) => [
      { text: shownText(one.rule) },
      { text: shownText(one.message) },
      { text: shownText(one.endpoint) },
      { text: formatCount(one.cases), link: linkOf(one) },
    ]);
  return { head: ['Rule', 'Message', 'Endpoint', 'Cases'], rows };
}
