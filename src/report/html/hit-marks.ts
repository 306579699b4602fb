import type { RuleHit } from '../../model/evidence.js';
import type { FieldPath } from '../../model/field.js';
import type { Minimal } from '../../model/minimal.js';
import type { FoundRange } from '../../util/find-match.js';
import type { Spot } from './request-field.js';
import type { ShownSection } from './request-view.js';

/**
 * Where a hit is shown in the request: section, field, side of the field (0 name, 1 value), range in it, and whether
 * the range is what matched (1) or all that the rule looked at, because what matched cannot be told (0).
 */
export type Mark = readonly [section: number, field: number, part: 0 | 1, start: number, end: number, exact: 0 | 1];

const maxMarks = 20;

/** A spot, and where its field stands in the request. */
export interface LocatedSpot extends Spot {
  readonly section: number;
  readonly field: number;
}

/** The spots of a request, ready to be asked about hits. */
export function locateSpots(sections: readonly ShownSection[]): readonly LocatedSpot[] {
  const located: LocatedSpot[] = [];
  for (const [section, { fields }] of sections.entries()) {
    for (const [field, { spots }] of fields.entries()) {
      for (const { part, text, shows, find, show, whole, fallback } of spots())
        located.push({ part, text, shows, find, show, whole, fallback, section, field });
    }
  }
  return located;
}

/**
 * The places in a request to mark for a hit: those of its field, which a request may hold more than once, or those of
 * each candidate where the log is ambiguous.
 */
export function marksOf(hit: RuleHit, spots: readonly LocatedSpot[]): readonly Mark[] {
  const matched = isFingerprint(hit) ? '' : (hit.matched ?? '');
  const fields = [...(hit.field === undefined ? [] : [hit.field]), ...(hit.candidateFields ?? [])];
  return fields.flatMap((field) => markField(field, matched, spots));
}

/**
 * The places in a request where the smallest trigger stands; none where the request does not have it as it is, because
 * the trigger is of another request or inside an encoded body.
 */
export function marksOfMinimal({ field, value, ranges }: Minimal, spots: readonly LocatedSpot[]): readonly Mark[] {
  if (field === undefined) return [];
  const holder = spots.find(
    (spot) =>
      !spot.fallback &&
      spot.shows(field) &&
      ranges.map(([start, end]) => spot.text.slice(start, end)).join('') === value,
  );
  if (holder !== undefined) return ranges.map(([start, end]) => toMark(holder, holder.show({ start, end }), 1));
  const around = spots.filter((spot) => spot.fallback && spot.shows(field));
  return ranges.length === 1 ? findMarks(around, value, 1) : [];
}

/** libinjection reports the shape of what it found, such as `s&1c`, and not the text. */
export function isFingerprint({ message, matched }: RuleHit): boolean {
  return matched !== undefined && matched.length <= 5 && /libinjection/i.test(message);
}

function markField(field: FieldPath, matched: string, spots: readonly LocatedSpot[]): readonly Mark[] {
  const own = spots.filter((spot) => !spot.fallback && spot.shows(field));
  const [first, ...others] = own;
  const found = findMarks(own, matched, maxMarks);
  if (found.length > 0) return found;
  if (first !== undefined && others.length === 0) return [toMark(first, first.whole, 0)];
  const around = spots.filter((spot) => spot.fallback && spot.shows(field));
  return findMarks(around, matched, 1);
}

function findMarks(spots: readonly LocatedSpot[], matched: string, limit: number): readonly Mark[] {
  const marks: Mark[] = [];
  for (const spot of spots) {
    const range = spot.find(matched);
    if (range !== undefined) marks.push(toMark(spot, range, 1));
    if (marks.length === limit) break;
  }
  return marks;
}

function toMark({ section, field, part }: LocatedSpot, { start, end }: FoundRange, exact: 0 | 1): Mark {
  return [section, field, part === 'name' ? 0 : 1, start, end, exact];
}
