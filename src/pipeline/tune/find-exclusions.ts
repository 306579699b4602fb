import type { Possibilities } from '../../exclude/ladder.js';
import { type SearchResult, type Subject, searchExclusions } from '../../exclude/search-exclusions.js';
import type { Endpoint } from '../../model/endpoint.js';
import type { RuleId, Variable } from '../../model/evidence.js';
import type { Exclusion, Setting } from '../../model/exclusion.js';
import type { CaseResult } from '../../model/report.js';
import type { RequestSpec } from '../../model/request.js';
import type { EndpointOf } from '../../triage/endpoints.js';
import { groupBy } from '../../util/group-by.js';

/** Whom a search asks, and what it may propose. */
export interface SearchSettings {
  readonly endpointOf: EndpointOf;
  readonly possible: Possibilities;
  /** The cases with the hits that they have under a set of exclusions. */
  readonly ask: (exclusions: readonly Exclusion[], cases: readonly CaseResult[]) => Promise<readonly CaseResult[]>;
  /** Whether arguments of a request have the names that libmodsecurity 3 gives to those from JSON. */
  readonly hasJsonNames: (request: RequestSpec) => boolean;
  /** The variables of a request that a rule looks at. */
  readonly eligible: (ruleId: RuleId, request: RequestSpec) => readonly Variable[];
  /** The setting with which a rule lets requests through, where one is the right thing to change. */
  readonly settingFor: (ruleId: RuleId, requests: readonly RequestSpec[]) => Setting | undefined;
}

/** What a case came to under the exclusions that concern it, which `under` tells apart. */
interface Asked {
  readonly subject: Subject;
  readonly under: string;
}

/**
 * Searches until no false positive has a hit left, asking a real engine or server after each step. A case is asked again only when
 * the exclusions of its endpoint have changed.
 * @param cases with the hits that they have when nothing is excluded
 */
export async function findExclusions(cases: readonly CaseResult[], settings: SearchSettings): Promise<SearchResult> {
  const asked = new Map<string, Asked>();
  for (const one of cases)
    asked.set(one.id, { subject: subjectOf(one, settings), under: signature([], one, settings) });
  const subjects = () => withSettings([...asked.values()], cases, settings);
  const search = searchExclusions(subjects(), settings.possible);
  let step = search.next();
  while (step.done !== true) {
    await askUnder(step.value, cases, asked, settings);
    step = search.next(subjects());
  }
  return step.value;
}

/** A setting that is changed at an endpoint must suit all cases there that its rule refuses. */
function withSettings(
  asked: readonly Asked[],
  cases: readonly CaseResult[],
  { settingFor }: SearchSettings,
): readonly Subject[] {
  const requests = new Map(cases.map(({ id, request }) => [id, request]));
  const needing = groupBy(
    asked.flatMap(({ subject }) => subject.hits.map(({ ruleId }) => ({ subject, ruleId }))),
    ({ subject, ruleId }) => JSON.stringify([ruleId, subject.method, subject.path]),
  );
  const settings = new Map<string, Setting | undefined>();
  for (const [key, group] of needing) {
    const [first] = group;
    const refused = group.flatMap(({ subject }) => requests.get(subject.id) ?? []);
    if (first !== undefined) settings.set(key, settingFor(first.ruleId, refused));
  }
  return asked.map(({ subject }) => {
    const own = subject.hits.flatMap(({ ruleId }): readonly (readonly [RuleId, Setting])[] => {
      const setting = settings.get(JSON.stringify([ruleId, subject.method, subject.path]));
      return setting === undefined ? [] : [[ruleId, setting]];
    });
    return own.length === 0 ? subject : { ...subject, settings: new Map(own) };
  });
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

function subjectOf({ id, request, hits }: CaseResult, { endpointOf, eligible, hasJsonNames }: SearchSettings): Subject {
  const told = hits.map((hit) =>
    hit.variableSource === 'unknown' ? { ...hit, alternatives: eligible(hit.ruleId, request) } : hit,
  );
  return { id, ...endpointOf(request), json: hasJsonNames(request), hits: told };
}
