import type { Markup } from './markup.js';
import { tag } from './markup.js';

/** A picture of a report: an SVG, and the same as a table. All texts are as they came, to be escaped by who writes them. */
export interface Chart {
  /** Unique within a page. */
  readonly id: string;
  readonly title: string;
  /** What it shows, in a sentence or two. */
  readonly says: string;
  /** What the colours stand for. */
  readonly legend: readonly LegendEntry[];
  /** More than one where a narrow screen has another one than a wide one. */
  readonly svg: readonly Markup[];
  readonly table: ChartTable;
}

/** A colour and what it stands for. */
export interface LegendEntry {
  readonly tone: string;
  readonly label: string;
}

/** The numbers of a picture. The first cell of each row is its head. */
export interface ChartTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly ChartCell[])[];
}

/** A cell, and the address within the page where it leads. */
export interface ChartCell {
  readonly text: string;
  readonly link?: string;
}

/** The area of a picture, in its own units, and the room for the labels around what is drawn. */
export interface ChartFrame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A frame that is read on a phone, where it is two thirds as large, as well as on a desk. */
export const usualFrame: ChartFrame = { width: 560, height: 300, left: 56, right: 16, top: 40, bottom: 56 };

/** A place on an axis and its label. */
export interface Tick {
  readonly at: number;
  readonly text: string;
}

/** What an SVG is called, and how large it is. */
export interface ChartHead extends Pick<Chart, 'id' | 'title' | 'says'>, Pick<ChartFrame, 'width' | 'height'> {
  /** Its class beside `chart`. */
  readonly kind?: string;
}

/** An SVG that has a name and a description, and may have links in it. */
export function chartSvg(
  { id, title, says, width, height, kind = '' }: ChartHead,
  ...children: readonly (Markup | readonly Markup[])[]
): Markup {
  const names = { 'aria-labelledby': `${id}-title`, 'aria-describedby': `${id}-says` };
  return tag(
    'svg',
    { class: `chart ${kind}`.trim(), width, height, viewBox: `0 0 ${width} ${height}`, role: 'group', ...names },
    tag('title', { id: `${id}-title` }, title),
    tag('desc', { id: `${id}-says` }, says),
    ...children,
  );
}

/** An axis of numbers on the left, with a line through the picture at each. */
export function leftAxis(
  { width, left, right, top }: ChartFrame,
  ticks: readonly Tick[],
  label: string,
): readonly Markup[] {
  return [
    ...ticks.map(({ at }) => tag('line', { class: 'chart-grid', x1: left, x2: width - right, y1: at, y2: at })),
    ...ticks.map(({ at, text }) => tag('text', { class: 'chart-tick is-end', x: left - 8, y: at + 4 }, text)),
    tag('text', { class: 'chart-axis', x: 2, y: top - 24 }, label),
  ];
}

/** An axis below. */
export function bottomAxis(
  { width, height, left, right, bottom }: ChartFrame,
  ticks: readonly Tick[],
  label: string,
): readonly Markup[] {
  const y = height - bottom;
  return [
    tag('line', { class: 'chart-line', x1: left, x2: width - right, y1: y, y2: y }),
    ...ticks.map(({ at, text }) => tag('text', { class: 'chart-tick is-middle', x: at, y: y + 19 }, text)),
    tag('text', { class: 'chart-axis is-end', x: width - right, y: height - 8 }, label),
  ];
}

/** A mark that leads somewhere, and says what it is. */
export function linkedMark(link: string, label: string, ...marks: readonly Markup[]): Markup {
  return tag('a', { href: link, 'aria-label': label }, tag('title', {}, label), ...marks);
}
