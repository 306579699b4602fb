import { formatVariable, type RuleHit } from '../model/evidence.js';
import type { Exclusion, Setting } from '../model/exclusion.js';
import { type Climber, Ladder, type Possibilities } from './ladder.js';

/** A false positive and the hits that it has under the exclusions tried last. */
export interface Subject {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly json: boolean;
  readonly hits: readonly RuleHit[];
  /** What a rule compares with, as this request needs it, by rule. */
  readonly settings?: ReadonlyMap<RuleHit['ruleId'], Setting>;
}

/** What a search came to. */
export interface SearchResult {
  readonly exclusions: readonly Exclusion[];
  /** Hits that no exclusion clears. */
  readonly unsolved: readonly Unsolved[];
}

export interface Unsolved {
  readonly subject: string;
  readonly ruleId: RuleHit['ruleId'];
  readonly reason: string;
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
  while (climb(ladder, left)) left = yield ladder.exclusions();
  return { exclusions: ladder.exclusions(), unsolved: unsolved(ladder, left) };
}

/** Takes a step for each hit that is left; false where there is none to take. */
function climb(ladder: Ladder, subjects: readonly Subject[]): boolean {
  const climbers = subjects.flatMap((subject) =>
    subject.hits.map((hit) => [key(hit, subject), climber(hit, subject)] as const),
  );
  const moved = [...new Map(climbers)].map(([name, one]) => ladder.climb(name, one));
  return moved.includes(true);
}

function climber(hit: RuleHit, { method, path, json, settings }: Subject): Climber {
  const setting = settings?.get(hit.ruleId);
  return { hit, endpoint: { method, path }, json, ...(setting !== undefined && { setting }) };
}

function unsolved(ladder: Ladder, left: readonly Subject[]): readonly Unsolved[] {
  return left.flatMap((subject) =>
    subject.hits.map((hit) => ({
      subject: subject.id,
      ruleId: hit.ruleId,
      reason: ladder.reasonFor(key(hit, subject)) ?? 'no exclusion clears it',
    })),
  );
}

function key({ ruleId, variable }: RuleHit, { method, path }: Subject): string {
  return JSON.stringify([ruleId, formatVariable(variable), method, path]);
}
