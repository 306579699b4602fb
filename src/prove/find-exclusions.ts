import type { Possibilities } from '../contract/prover.js';
import { type SearchResult, type Subject, searchExclusions } from '../exclude/search-exclusions.js';
import type { Endpoint } from '../model/endpoint.js';
import type { Exclusion } from '../model/exclusion.js';
import type { CaseResult } from '../model/report.js';
import type { RequestSpec } from '../model/request.js';

/** Whom a search asks, and what it may propose. */
export interface SearchSettings {
  endpointOf(request: Pick<RequestSpec, 'method' | 'path'>): Endpoint;
  readonly possible: Possibilities;
  /** The cases with the hits that they have under a set of exclusions. */
  ask(exclusions: readonly Exclusion[], cases: readonly CaseResult[]): Promise<readonly CaseResult[]>;
}

/** What a case came to under the exclusions that concern it, which `under` tells apart. */
interface Asked {
  readonly subject: Subject;
  readonly under: string;
}

/**
 * Searches until no false positive has a hit left, asking an engine or server after each step. A case is asked again
 * only when the exclusions of its endpoint have changed.
 * @param cases with the hits that they have when nothing is excluded
 */
export async function findExclusions(cases: readonly CaseResult[], settings: SearchSettings): Promise<SearchResult> {
  const asked = new Map<string, Asked>();
  for (const one of cases)
    asked.set(one.id, { subject: subjectOf(one, settings), under: signature([], one, settings) });
  const subjects = () => [...asked.values()].map(({ subject }) => subject);
  const search = searchExclusions(subjects(), settings.possible);
  let step = search.next();
  while (step.done !== true) {
    await askUnder(step.value, cases, asked, settings);
    step = search.next(subjects());
  }
  return step.value;
}

async function askUnder(
  exclusions: readonly Exclusion[],
  cases: readonly CaseResult[],
  asked: Map<string, Asked>,
  settings: SearchSettings,
): Promise<void> {
  const concerned = cases.filter((one) => asked.get(one.id)?.under !== signature(exclusions, one, settings));
  for (const answer of await settings.ask(exclusions, concerned)) {
    asked.set(answer.id, { subject: subjectOf(answer, settings), under: signature(exclusions, answer, settings) });
  }
}

function signature(exclusions: readonly Exclusion[], { request }: CaseResult, { endpointOf }: SearchSettings): string {
  const endpoint = endpointOf(request);
  const concerning = exclusions.filter((exclusion) => concerns(exclusion, endpoint));
  return JSON.stringify(concerning.map(({ id, ruleIds }) => [id, ruleIds]));
}

/** Whether an exclusion acts on requests of an endpoint. */
function concerns({ scope }: Exclusion, { method, path }: Endpoint): boolean {
  return (scope.path === undefined || scope.path === path) && (scope.method === undefined || scope.method === method);
}

function subjectOf({ id, request, hits }: CaseResult, { endpointOf }: SearchSettings): Subject {
  return { id, endpoint: endpointOf(request), request, hits };
}
