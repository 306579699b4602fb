import { max } from 'd3-array';
import { scaleLinear, scaleSqrt } from 'd3-scale';
import type { Exclusion } from '../../../model/exclusion.js';
import type { StreamedReport } from '../../../model/report.js';
import { groupBy } from '../../../util/group-by.js';
import {
  bottomAxis,
  type Chart,
  type ChartTable,
  chartSvg,
  usualFrame as frame,
  leftAxis,
  linkedMark,
} from '../../charts/chart.js';
import { type Markup, tag } from '../../charts/markup.js';
import { lossShare } from '../../exclusion-groups.js';
import { lossText } from '../../exclusion-texts.js';
import { formatCount, plural } from '../../run-texts.js';
import type { ExclusionIndex } from '../exclusion-index.js';
import type { PageLink } from '../page-text.js';
import { priceTone } from '../price-view.js';

const mostMarks = 120;
const mostRows = 200;
const mostNamed = 3;
const ticks = 5;
const sizes = { least: 6, most: 16 };

/** An exclusion: how many cases it clears, and at what price. */
interface Priced {
  readonly link: PageLink;
  readonly cases: number;
  /** The part of the attacks blocked before that it lets through, in percent. */
  readonly share: number;
  readonly price: string;
}

/** The price of each exclusion against the cases that it clears; nothing where no price was measured. */
export function priceChart({ exclusions = [], findings }: StreamedReport, index: ExclusionIndex): readonly Chart[] {
  const cases = new Map(findings.map((finding) => [finding.id, finding.cases]));
  const priced = exclusions.flatMap((one) => toPriced(one, cases, index));
  if (priced.length === 0) return [];
  const marks = [...groupBy(priced, ({ cases: own, share }) => JSON.stringify([own, share.toFixed(1)])).values()]
    .toSorted((a, b) => worth(b) - worth(a))
    .slice(0, mostMarks);
  const id = 'chart-price';
  const title = 'Price against cases cleared';
  const says = saysOf(priced, exclusions.length, marks.flat().length);
  return [{ id, title, says, legend: [], svg: [drawPrices({ id, title, says }, marks)], table: priceTable(priced) }];
}

function toPriced(
  exclusion: Exclusion,
  cases: ReadonlyMap<string, readonly string[]>,
  index: ExclusionIndex,
): readonly Priced[] {
  const share = lossShare(exclusion);
  if (share === undefined) return [];
  const cleared = new Set(exclusion.findings.flatMap((id) => cases.get(id) ?? [])).size;
  return [{ link: index.linkTo(exclusion), cases: cleared, share: share * 100, price: lossText(exclusion) }];
}

/** What is far from the corner without cases and price is shown first. */
function worth([one]: readonly Priced[]): number {
  return one === undefined ? 0 : one.share * 10 + one.cases;
}

function saysOf(priced: readonly Priced[], all: number, drawn: number): string {
  const free = priced.filter(({ share }) => share === 0).length;
  const unknown = all - priced.length;
  return [
    'The further right, the more cases an exclusion clears; the lower, the fewer attacks it lets through.',
    ...(free > 0
      ? [`${formatCount(free)} of ${plural(priced.length, 'exclusion')} ${free === 1 ? 'lets' : 'let'} none through.`]
      : []),
    ...(unknown > 0
      ? [`${plural(unknown, 'exclusion')} without a price ${unknown === 1 ? 'is' : 'are'} not drawn.`]
      : []),
    ...(drawn < priced.length ? [`${plural(priced.length - drawn, 'exclusion')} with less of both are left out.`] : []),
  ].join(' ');
}

function drawPrices(names: Pick<Chart, 'id' | 'title' | 'says'>, marks: readonly (readonly Priced[])[]): Markup {
  const { width, height, left, right, top, bottom } = frame;
  const all = marks.flat();
  const x = scaleLinear([0, max(all, ({ cases }) => cases) || 1], [left, width - right - sizes.most]).nice(ticks);
  const y = scaleLinear([0, max(all, ({ share }) => share) || 10], [height - bottom, top + sizes.least]).nice(ticks);
  const radius = scaleSqrt([1, max(marks, ({ length }) => length) ?? 1], [sizes.least, sizes.most]);
  const place = (one: Priced) => ({ x: x(one.cases), y: y(one.share) });
  const named = new Set(marks.toSorted((a, b) => (b[0]?.share ?? 0) - (a[0]?.share ?? 0)).slice(0, mostNamed));
  const whole = x.ticks(ticks).filter(Number.isInteger);
  return chartSvg(
    { ...names, width, height },
    leftAxis(
      frame,
      y.ticks(ticks - 1).map((value) => ({ at: y(value), text: `${value} %` })),
      'attacks let through',
    ),
    bottomAxis(
      frame,
      whole.map((value) => ({ at: x(value), text: formatCount(value) })),
      'cases cleared',
    ),
    ...marks.map((group) => drawMark(group, place, radius(group.length))),
    ...[...named].flatMap((group) => nameMark(group, place, radius(group.length))),
  );
}

type Place = (one: Priced) => { readonly x: number; readonly y: number };

function drawMark(group: readonly Priced[], place: Place, r: number): readonly Markup[] {
  const [first] = group;
  if (first === undefined) return [];
  const { x, y } = place(first);
  const name =
    group.length > 1 ? `${plural(group.length, 'exclusion')}, one of them ${first.link.text}` : first.link.text;
  const label = `${name}: clears ${plural(first.cases, 'case')}, lets through ${first.price}`;
  const dot = tag('circle', { class: `mark tone-${priceTone(first.share / 100)}`, cx: x, cy: y, r });
  const count = tag('text', { class: 'mark-text is-middle', x, y: y + 4 }, formatCount(group.length));
  return [linkedMark(first.link.link, label, dot, ...(group.length > 1 && r > sizes.least + 2 ? [count] : []))];
}

/** The name of a mark beside it, on the side where there is more room. */
function nameMark(group: readonly Priced[], place: Place, r: number): readonly Markup[] {
  const [first] = group;
  if (first === undefined || first.share === 0) return [];
  const { x, y } = place(first);
  const isRight = x < frame.width / 2;
  const at = { x: isRight ? x + r + 5 : x - r - 5, y: y + 4 };
  const text = first.link.text.length > mostName ? `${first.link.text.slice(0, mostName - 1)}…` : first.link.text;
  return [tag('text', { class: isRight ? 'chart-note' : 'chart-note is-end', ...at }, text.toWellFormed())];
}

const mostName = 34;

function priceTable(priced: readonly Priced[]): ChartTable {
  const rows = priced
    .toSorted((a, b) => b.share - a.share || b.cases - a.cases)
    .slice(0, mostRows)
    .map(({ link, cases, price }) => [link, { text: formatCount(cases) }, { text: price }]);
  return { head: ['Exclusion', 'Cases cleared', 'Attacks let through'], rows };
}
