import { minimizeText } from './minimize-text.js';
import { type Excerpt, type TextRange, wholeOf } from './pieces.js';
import { dropNeedless } from './shrink.js';

/** One value of a request that can be left out without touching the others. */
export interface Field {
  readonly value: string;
  /** A part of the value can stand for it. A number or a file is kept or left out as it is. */
  readonly isText: boolean;
}

/** A part of a request: which of its fields are kept, and what is left of the value of one of them. */
export interface RequestPart {
  /** Indices of fields, in ascending order. */
  readonly kept: readonly number[];
  readonly shortened?: { readonly field: number; readonly excerpt: Excerpt };
}

/** What is known of a request before the search begins. */
export interface RequestHints {
  /** Fields that may suffice, the likeliest first. */
  readonly guesses: readonly (readonly number[])[];
  /** Fields that the rule is said to look at: of those that are kept, the first one is shortened. */
  readonly suspects: readonly number[];
  /** Where in the value of a field the rule matched, as far as the latest answer that it fires tells. */
  readonly matchIn: (field: number) => TextRange | undefined;
}

/**
 * The smallest part of a request with which a rule still fires: first which fields matter, then which part of the value.
 * @returns nothing where the rule does not fire with all fields
 */
export function* minimizeRequest(
  fields: readonly Field[],
  hints: RequestHints,
): Generator<RequestPart, RequestPart | undefined, boolean> {
  const kept = yield* findFields(fields, hints);
  if (kept === undefined) return undefined;
  const field = hints.suspects.find((index) => kept.includes(index)) ?? onlyText(kept, fields);
  const found = field === undefined ? undefined : fields[field];
  if (field === undefined || found === undefined) return { kept };
  if (!found.isText) return { kept, shortened: { field, excerpt: wholeOf(found.value) } };
  const search = minimizeText(found.value, hints.matchIn(field));
  let step = search.next();
  while (step.done !== true) step = search.next(yield { kept, shortened: { field, excerpt: step.value } });
  return { kept, shortened: { field, excerpt: step.value } };
}

function* findFields(
  fields: readonly Field[],
  { guesses }: RequestHints,
): Generator<RequestPart, readonly number[] | undefined, boolean> {
  for (const kept of guesses) if (yield { kept }) return kept;
  const all = fields.map((_field, index) => index);
  if (!(yield { kept: all })) return undefined;
  const search = dropNeedless(all);
  let step = search.next();
  while (step.done !== true) step = search.next(yield { kept: step.value });
  return step.value;
}

function onlyText(kept: readonly number[], fields: readonly Field[]): number | undefined {
  const texts = kept.filter((index) => fields[index]?.isText === true);
  return texts.length === 1 ? texts[0] : undefined;
}
