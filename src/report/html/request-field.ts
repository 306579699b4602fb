import type { FieldPath } from '../../model/field.js';
import type { Pair } from '../../model/request.js';
import { includesField } from '../../request/field-paths.js';
import { type FoundRange, matchFinder } from '../../util/find-match.js';

/** The two sides of a field. */
export type FieldPart = 'name' | 'value';

/** A text of a request that a rule may look at, and where a field shows it. */
export interface Spot {
  readonly part: FieldPart;
  readonly text: string;
  /** Whether it is the text of a field, or may hold it. */
  readonly shows: (field: FieldPath) => boolean;
  /** Where a matched text is shown within the part of the field. */
  readonly find: (matched: string) => FoundRange | undefined;
  /** Where a range of the text is shown within the part of the field. */
  readonly show: (range: FoundRange) => FoundRange;
  /** All of it, as the field shows it. */
  readonly whole: FoundRange;
  /** The field is a piece of this text at most, so only a match inside it counts. */
  readonly fallback: boolean;
}

/** A name and its value as the report shows them. */
export interface ShownField {
  readonly name: string;
  readonly value: string;
  readonly note?: string;
  /** The texts in it that rules may look at; asked for where there are hits. */
  readonly spots: () => readonly Spot[];
}

interface SpotOptions {
  readonly fallback?: boolean;
  /** From a range in the text to the range where the field shows it, where the field does not show the text as it is. */
  readonly show?: (range: FoundRange) => FoundRange;
}

/** A spot; what finds matches in its text is made when it is first asked. */
export function spot(
  part: FieldPart,
  text: string,
  shows: Spot['shows'],
  { fallback = false, show = (range) => range }: SpotOptions = {},
): Spot {
  let finder: ReturnType<typeof matchFinder> | undefined;
  const find = (matched: string) => {
    finder ??= matchFinder(text);
    const range = finder(matched);
    return range === undefined ? undefined : show(range);
  };
  const whole = show({ start: 0, end: text.length });
  return { part, text, shows, find, show, whole, fallback };
}

/** A name and a value that rules may look at, each by itself. */
export function pairField([name, value]: Pair, kind: 'query' | 'form' | 'header' | 'cookie'): ShownField {
  const spots = () => [spot('value', value, is({ kind, name })), spot('name', name, is({ kind, name, of: 'name' }))];
  return { name, value, spots };
}

/** Tells whether a field is one of these. */
export function is(...own: readonly FieldPath[]): Spot['shows'] {
  return (field) => own.some((one) => includesField(field, one));
}
