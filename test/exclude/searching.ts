import type { Possibilities } from '../../src/exclude/ladder.js';
import { type SearchResult, type Subject, searchExclusions } from '../../src/exclude/search-exclusions.js';
import type { RuleHit } from '../../src/model/evidence.js';
import type { Exclusion } from '../../src/model/exclusion.js';

/** Everything may be excluded, in any way. */
export const anything: Possibilities = { obstacle: () => undefined, untouchable: () => undefined };

/** A false positive at the endpoint `POST /a`. */
export function subject(id: string, ...hits: RuleHit[]): Subject {
  return { id, method: 'POST', path: '/a', json: false, hits };
}

/** An engine in words: which of a subject's hits are left under a set of exclusions. */
export type Answer = (exclusions: readonly Exclusion[]) => readonly Subject[];

/** What a search comes to that is told such answers. */
export function search(first: readonly Subject[], answer: Answer, possible = anything): SearchResult {
  const searching = searchExclusions(first, possible);
  let step = searching.next();
  for (let round = 0; step.done !== true; round++) {
    if (round > 20) throw new Error('the search does not end');
    step = searching.next(answer(step.value));
  }
  return step.value;
}
