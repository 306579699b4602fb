import type { ClassLoss, Exclusion } from '../../model/exclusion.js';
import { lossShare } from '../exclusion-groups.js';
import { lossText } from '../exclusion-texts.js';
import { formatCount } from '../run-texts.js';
import { countOver, shownText } from './page-text.js';

const highShare = 0.2;
const noticeableShare = 0.05;

/** What an exclusion lets through; `width` is that of its bar, in thousandths. */
export interface PriceView {
  readonly text: string;
  readonly tone: string;
  readonly width: number;
  readonly measured: boolean;
  readonly classes: readonly ClassView[];
  /** Classes that are not shown. */
  readonly more: string;
}

/** The attacks of one class that an exclusion lets through, and one of them. */
export interface ClassView {
  readonly name: string;
  readonly lost: string;
  readonly tone: string;
  readonly width: number;
  readonly example: string;
}

/** Prepares the price of an exclusion, with so many classes of attacks at most. */
export function viewPrice(exclusion: Exclusion, maxClasses: number): PriceView {
  const share = lossShare(exclusion);
  const classes = exclusion.detectionLoss?.classes ?? [];
  return {
    text: lossText(exclusion),
    tone: priceTone(share),
    width: toWidth(share),
    measured: share !== undefined,
    classes: classes.slice(0, maxClasses).map(viewClass),
    more: countOver(classes.length, maxClasses),
  };
}

function viewClass({ className, lost, blockedBefore, example }: ClassLoss): ClassView {
  const share = blockedBefore === 0 ? 0 : Math.min(1, lost / blockedBefore);
  return {
    name: shownText(className),
    lost: `${formatCount(lost)} of ${formatCount(blockedBefore)}`,
    tone: priceTone(share),
    width: toWidth(share),
    example: shownText(example),
  };
}

function toWidth(share = 0): number {
  return Math.round(1000 * share);
}

/** How much attention a part of the attacks needs, that is let through. */
export function priceTone(share: number | undefined): string {
  if (share === undefined) return 'unclear';
  if (share >= highShare) return 'bad';
  return share >= noticeableShare ? 'doubtful' : 'good';
}
