import type { StreamedReport } from '../../../model/report.js';
import type { Chart, ChartCell, LegendEntry } from '../../charts/chart.js';
import type { ExclusionIndex } from '../exclusion-index.js';
import { countOver, shownText } from '../page-text.js';
import { historyChart } from './history-chart.js';
import { matrixChart } from './matrix-chart.js';
import { priceChart } from './price-chart.js';
import { scoresChart } from './scores-chart.js';

const mostRows = 300;

/** The pictures of a page. */
export interface PicturesView {
  readonly any: boolean;
  readonly pictures: readonly PictureView[];
}

/** A picture, and its numbers as a table. */
export interface PictureView {
  readonly id: string;
  readonly title: string;
  readonly says: string;
  readonly legend: readonly LegendEntry[];
  /** Well-formed, with all texts escaped. */
  readonly svg: string;
  readonly head: readonly string[];
  readonly rows: readonly PictureRow[];
  /** Rows that are not shown. */
  readonly more: string;
}

/** A row of a table. */
export interface PictureRow {
  readonly first: ChartCell;
  readonly rest: readonly ChartCell[];
}

/** Prepares the pictures that a report has something for. */
export function viewPictures(report: StreamedReport, index: ExclusionIndex): PicturesView {
  const charts = [
    ...matrixChart(report),
    ...scoresChart(report),
    ...priceChart(report, index),
    ...historyChart(report),
  ];
  return { any: charts.length > 0, pictures: charts.map(viewChart) };
}

function viewChart({ id, title, says, legend, svg, table }: Chart): PictureView {
  return {
    id,
    title,
    says: shownText(says),
    legend,
    svg: svg.map(({ markup }) => markup).join('\n'),
    head: table.head,
    rows: table.rows.slice(0, mostRows).flatMap(viewRow),
    more: countOver(table.rows.length, mostRows),
  };
}

function viewRow(cells: readonly ChartCell[]): readonly PictureRow[] {
  const [first, ...rest] = cells.map((cell) => ({ ...cell, text: shownText(cell.text) }));
  return first === undefined ? [] : [{ first, rest }];
}
