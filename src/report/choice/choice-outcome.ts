import type { ChoiceData, ChoiceDialect, ChoiceExclusion } from './choice-data.js';

/** What some of the exclusions come to, as far as it is known of all of them together. */
export interface ChoiceOutcome {
  readonly chosen: readonly ChoiceExclusion[];
  readonly refused: readonly ChoiceExclusion[];
  /** How many cases surely pass. */
  readonly cleared: number;
  readonly clearedFirst: readonly string[];
  /** How many cases pass with all of them, and may not with these. */
  readonly left: number;
  readonly leftFirst: readonly string[];
  /** The attacks that pass, by place; nothing where a report does not tell. */
  readonly attacks: readonly number[] | undefined;
  /** There may be fewer of them: some were measured with an exclusion in force that is not chosen. */
  readonly isAtMost: boolean;
}

const maxListed = 20;

/** @param places the chosen exclusions */
export function choiceOutcome(data: ChoiceData, places: ReadonlySet<number>): ChoiceOutcome {
  const { exclusions, clearing } = data;
  const isWhole = places.size === exclusions.length;
  const chosen = exclusions.filter((_, place) => places.has(place));
  const sure = clearing.filter(
    ({ needs }) => isWhole || (needs.length > 0 && needs.every((place) => places.has(place))),
  );
  const left = clearing.filter((one) => !sure.includes(one));
  return {
    chosen,
    refused: exclusions.filter((_, place) => !places.has(place)),
    cleared: countOf(sure),
    clearedFirst: firstOf(sure),
    left: countOf(left),
    leftFirst: firstOf(left),
    attacks: attacksThrough(chosen),
    isAtMost: chosen.some(({ beside }) => beside.some((place) => !places.has(place))),
  };
}

function countOf(groups: ChoiceData['clearing']): number {
  return groups.reduce((sum, { count }) => sum + count, 0);
}

function firstOf(groups: ChoiceData['clearing']): readonly string[] {
  return groups.flatMap(({ first }) => first).slice(0, maxListed);
}

function attacksThrough(chosen: readonly ChoiceExclusion[]): readonly number[] | undefined {
  if (chosen.some(({ lost = 0, attacks }) => lost > 0 && attacks === undefined)) return undefined;
  return [...new Set(chosen.flatMap(({ attacks = [] }) => attacks))];
}

/**
 * The ids that a dialect has for the chosen exclusions. What only this dialect has, such as a wider form, is in where all findings
 * that it is for are cleared by chosen ones: nothing is let through that was not chosen.
 */
export function chosenIn({ draft }: ChoiceDialect, data: ChoiceData, { chosen }: ChoiceOutcome): ReadonlySet<string> {
  const known = new Set(data.exclusions.map(({ id }) => id));
  const ids = new Set(chosen.map(({ id }) => id));
  const cleared = new Set(chosen.flatMap(({ findings }) => findings));
  const isIn = ({ id, findings }: ChoiceDialect['draft']['exclusions'][number]) =>
    known.has(id) ? ids.has(id) : findings.length > 0 && findings.every((finding) => cleared.has(finding));
  return new Set(draft.exclusions.filter(isIn).map(({ id }) => id));
}
