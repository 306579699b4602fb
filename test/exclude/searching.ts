import type { Possibilities } from '../../src/contract/prover.js';
import { type SearchResult, type Subject, searchExclusions } from '../../src/exclude/search-exclusions.js';
import type { RuleHit } from '../../src/model/evidence.js';
import type { Exclusion } from '../../src/model/exclusion.js';
import type { RequestSpec } from '../../src/model/request.js';
import { type FormSources, formsOf } from '../../src/waf/modsecurity/prover/forms.js';
import { endpoint } from './exclusions.js';

/** No rule has a setting, and none looks at a variable that its log does not tell. */
export const nothing: FormSources = { settingFor: () => undefined, eligible: () => [] };

/** Everything may be excluded, in the forms that ModSecurity has with these sources. */
export function allowing(sources: Partial<FormSources> = {}): Possibilities {
  return {
    forms: (one, place) => formsOf(one, place, { ...nothing, ...sources }),
    obstacle: () => undefined,
    untouchable: () => undefined,
  };
}

/** Everything may be excluded, in any way. */
export const anything = allowing();

/** A request to the endpoint `POST /a` that carries nothing. */
export const request: RequestSpec = {
  ...endpoint,
  query: [],
  headers: [],
  cookies: [],
  body: { kind: 'none' },
  omittedHeaders: [],
};

/** A false positive at the endpoint `POST /a`. */
export function subject(id: string, ...hits: RuleHit[]): Subject {
  return { id, endpoint, request, hits };
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
