import type { HitPlace, Possibilities } from '../contract/prover.js';
import type { Endpoint } from '../model/endpoint.js';
import { formatVariable, type RuleHit, type RuleId } from '../model/evidence.js';
import type { Exclusion, Uncleared } from '../model/exclusion.js';
import type { RequestSpec } from '../model/request.js';
import { groupBy } from '../util/group-by.js';
import { Ladder } from './ladder.js';

/** A false positive and the hits that it has under the exclusions tried last. */
export interface Subject {
  readonly id: string;
  readonly endpoint: Endpoint;
  readonly request: RequestSpec;
  readonly hits: readonly RuleHit[];
}

/** What a search came to. */
export interface SearchResult {
  readonly exclusions: readonly Exclusion[];
  /** Hits that no exclusion clears. */
  readonly unsolved: readonly Uncleared[];
}

/**
 * Searches for the narrowest exclusions that clear every hit. It yields sets to try, and is told which hits are left
 * under them: a hit that stays although its variable is excluded moves one step up its ladder, and one that was hidden
 * behind another begins at its foot. It ends when nothing is left, or nothing more can be done.
 */
export function* searchExclusions(
  subjects: readonly Subject[],
  possible: Possibilities,
): Generator<readonly Exclusion[], SearchResult, readonly Subject[]> {
  const ladder = new Ladder(possible);
  let left = subjects;
  while (advance(ladder, left)) left = yield ladder.exclusions();
  return { exclusions: ladder.exclusions(), unsolved: unsolved(ladder, left) };
}

/** Takes a step for each hit that is left; false where there is none to take. */
function advance(ladder: Ladder, subjects: readonly Subject[]): boolean {
  const refused = refusedRequests(subjects);
  const placed = subjects.flatMap((subject) =>
    subject.hits.map((hit) => [keyOf(hit, subject), { hit, place: placeOf(hit, subject, refused) }] as const),
  );
  const moved = [...new Map(placed)].map(([key, { hit, place }]) => ladder.advance(key, hit, place));
  return moved.includes(true);
}

type Refused = ReadonlyMap<string, readonly RequestSpec[]>;

/** The requests that each rule fires on at each endpoint. */
function refusedRequests(subjects: readonly Subject[]): Refused {
  const seen = subjects.flatMap((subject) =>
    [...new Set(subject.hits.map(({ ruleId }) => ruleId))].map((ruleId) => ({ ruleId, subject })),
  );
  const groups = groupBy(seen, ({ ruleId, subject }) => ruleAt(ruleId, subject));
  return new Map([...groups].map(([key, group]) => [key, group.map(({ subject }) => subject.request)]));
}

function placeOf({ ruleId }: RuleHit, subject: Subject, refused: Refused): HitPlace {
  const { endpoint, request } = subject;
  return { endpoint, request, refused: refused.get(ruleAt(ruleId, subject)) ?? [request] };
}

function ruleAt(ruleId: RuleId, { endpoint: { method, path } }: Subject): string {
  return JSON.stringify([ruleId, method, path]);
}

function unsolved(ladder: Ladder, left: readonly Subject[]): readonly Uncleared[] {
  return left.flatMap((subject) =>
    subject.hits.map((hit) => ({
      subject: subject.id,
      ruleId: hit.ruleId,
      reason: ladder.reasonFor(keyOf(hit, subject)) ?? 'no exclusion clears it',
    })),
  );
}

function keyOf({ ruleId, variable }: RuleHit, { endpoint: { method, path } }: Subject): string {
  return JSON.stringify([ruleId, formatVariable(variable), method, path]);
}
