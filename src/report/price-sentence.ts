import { formatCount, plural } from './run-texts.js';

/** An exclusion as a price names it. */
export interface PricedPart {
  /** `ARGS:comment at POST /api/comments` */
  readonly text: string;
  /** `at POST /api/comments` */
  readonly place: string;
  /** How many attacks pass through it; absent where that was not measured. */
  readonly lost?: number;
  /** Which they are, by place in a list of all of them; absent in reports of earlier versions. */
  readonly attacks?: readonly number[];
}

/** What exclusions cost, each attack once. */
export interface WholePrice {
  readonly lost: number;
  /** How many were blocked there before; absent in reports of earlier versions. */
  readonly before?: number | undefined;
  /** It is no more than that: the exclusions were measured together with others. */
  readonly isAtMost?: boolean;
}

/** `They let 4 of 2,618 attacks through that were blocked there, all of them by ARGS:comment at POST /comments.` */
export function priceSentence(parts: readonly PricedPart[], { lost, before, isAtMost = false }: WholePrice): string {
  if (parts.every((part) => part.lost === undefined)) return 'What they cost in attacks was not measured.';
  if (lost === 0) {
    return before === undefined
      ? 'No attack that was blocked there gets through.'
      : `None of ${plural(before, 'attack')} that ${before === 1 ? 'was' : 'were'} blocked there gets through.`;
  }
  const some = `${isAtMost ? 'at most ' : ''}${before === undefined ? plural(lost, 'attack') : `${formatCount(lost)} of ${plural(before, 'attack')}`}`;
  const where = lost === 1 ? '' : whereText(parts, lost);
  const subject = parts.length === 1 ? 'It lets' : 'They let';
  return `${subject} ${some} through that were blocked there${parts.length === 1 ? '' : where}.`;
}

/** The narrowest that can be said of where all of them are, or of where most are. */
function whereText(parts: readonly PricedPart[], lost: number): string {
  const [worst] = [...parts].sort((a, b) => (b.lost ?? 0) - (a.lost ?? 0));
  if (worst === undefined) return '';
  if ((worst.lost ?? 0) >= lost) return `, all of them by ${worst.text}`;
  const place = [...new Set(parts.map((part) => part.place))].find((one) => attacksAt(parts, one) === lost);
  if (place !== undefined) return `, all of them ${place}`;
  return `, ${formatCount(worst.lost ?? 0)} of them by ${worst.text}`;
}

function attacksAt(parts: readonly PricedPart[], place: string): number {
  return new Set(parts.filter((part) => part.place === place).flatMap(({ attacks = [] }) => attacks)).size;
}
