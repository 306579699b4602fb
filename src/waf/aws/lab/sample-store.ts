import type { JsonObject } from '../api/json-object.js';
import { defaultAction } from '../rule-names.js';
import { groupsReached, type LabVerdict, rulesReached } from './lab-verdict.js';
import type { SampledItem } from './sampled-window.js';

/** A window of GetSampledRequests holds the first 5,000. */
const mostItems = 10_000;

/** What came, for GetSampledRequests: under the metric of the rule that ended it, and of each that counted it. */
export class SampleStore {
  readonly #items = new Map<string, SampledItem[]>();

  of(metric: string): readonly SampledItem[] {
    return this.#items.get(metric) ?? [];
  }

  add(verdict: LabVerdict): void {
    const { acl } = verdict.source;
    const { aclRule, ending } = verdict.answer.presumed;
    for (const { name, visibility } of rulesReached(verdict)) {
      if (name === aclRule)
        this.#put(visibility, verdict, { Action: ending.action.toUpperCase(), ...withinGroup(verdict) });
      else for (const more of countedIn(name, verdict)) this.#put(visibility, verdict, { Action: 'COUNT', ...more });
    }
    if (aclRule === defaultAction) this.#put(acl.visibility, verdict, { Action: ending.action.toUpperCase() });
  }

  #put({ metric, sampled }: { metric?: string; sampled?: boolean }, verdict: LabVerdict, more: JsonObject): void {
    if (metric === undefined || sampled === false) return;
    const items = this.#items.get(metric) ?? [];
    this.#items.set(metric, items);
    items.push({ at: verdict.at, item: { ...sampleOf(verdict), ...more } });
    if (items.length > mostItems) items.splice(0, mostItems / 2);
  }
}

function sampleOf({ request: { facts }, headers, answer, responseCode }: LabVerdict): JsonObject {
  const shown = (pairs: LabVerdict['headers']) => pairs.map(([Name, Value]) => ({ Name, Value }));
  return {
    Request: {
      ClientIP: facts.client.ip ?? '',
      Country: facts.client.country ?? '-',
      URI: facts.path,
      Method: facts.method,
      HTTPVersion: 'HTTP/1.1',
      Headers: shown(headers),
    },
    ...(answer.insertedHeaders.length > 0 && { RequestHeadersInserted: shown(answer.insertedHeaders) }),
    ...(responseCode !== undefined && { ResponseCodeSent: responseCode }),
    ...(answer.labels.length > 0 && { Labels: answer.labels.slice(0, 100).map((Name) => ({ Name })) }),
  };
}

function withinGroup(verdict: LabVerdict): JsonObject {
  const group = groupsReached(verdict).find(({ aclRule }) => aclRule === verdict.answer.presumed.aclRule);
  const rule = group?.terminating;
  return group === undefined || rule === undefined ? {} : inGroup(group.name, rule);
}

/** A rule of the web ACL that counted, or what counted in the group that it refers to. */
function countedIn(aclRule: string, verdict: LabVerdict): readonly JsonObject[] {
  const group = groupsReached(verdict).find((one) => one.aclRule === aclRule);
  if (group === undefined) return verdict.answer.counted.includes(aclRule) ? [{}] : [];
  const ended = group.terminating === undefined ? [] : [group.terminating];
  return [...group.counted, ...ended].map((rule) => inGroup(group.name, rule));
}

function inGroup(group: string, rule: { readonly ruleId: string; readonly overriddenAction?: string }): JsonObject {
  const { ruleId, overriddenAction } = rule;
  return {
    RuleNameWithinRuleGroup: `${group}#${ruleId}`,
    ...(overriddenAction !== undefined && { OverriddenAction: overriddenAction }),
  };
}
