import type { Possibilities } from '../../exclude/ladder.js';
import { type SearchResult, type Subject, searchExclusions } from '../../exclude/search-exclusions.js';
import type { Endpoint } from '../../model/endpoint.js';
import type { RuleId } from '../../model/evidence.js';
import type { Exclusion, Setting } from '../../model/exclusion.js';
import type { CaseResult } from '../../model/report.js';
import type { RequestSpec } from '../../model/request.js';
import type { EndpointOf } from '../../triage/endpoints.js';
import { groupBy } from '../../util/group-by.js';
import { trialRules } from '../../waf/modsecurity/dialects/trial.js';
import { hasJsonBody } from '../../waf/modsecurity/json-body.js';
import { evaluateAll } from './evaluate-all.js';
import type { Workshop } from './workshop.js';

/** Where a search asks, and what it may propose. */
export interface SearchSettings {
  readonly workshop: Workshop;
  readonly endpointOf: EndpointOf;
  readonly possible: Possibilities;
  /** The setting with which a rule lets requests through, where one is the right thing to change. */
  readonly settingFor: (ruleId: RuleId, requests: readonly RequestSpec[]) => Setting | undefined;
}

/** What a case came to under the exclusions that concern it, which `under` tells apart. */
interface Asked {
  readonly subject: Subject;
  readonly under: string;
}

/**
 * Searches until no false positive has a hit left, asking a real engine after each step. A case is asked again only when
 * the exclusions of its endpoint have changed.
 * @param cases with the hits that they have when nothing is excluded
 */
export async function findExclusions(cases: readonly CaseResult[], settings: SearchSettings): Promise<SearchResult> {
  const asked = new Map<string, Asked>();
  for (const one of cases)
    asked.set(one.id, { subject: subjectOf(one, settings.endpointOf), under: signature([], one, settings) });
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
  await settings.workshop.with(trialRules(exclusions, settings.workshop.firstId), (bench) =>
    evaluateAll(concerned, async (one) => {
      const { hits } = await bench.evaluate(one.request);
      asked.set(one.id, {
        subject: subjectOf({ ...one, hits }, settings.endpointOf),
        under: signature(exclusions, one, settings),
      });
    }),
  );
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

function subjectOf({ id, request, hits }: CaseResult, endpointOf: EndpointOf): Subject {
  return { id, ...endpointOf(request), json: hasJsonBody(request), hits };
}
