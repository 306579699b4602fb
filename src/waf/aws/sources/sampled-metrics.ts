import type { WebAcl } from '../acl/web-acl.js';
import { aclKnowledge } from '../acl-knowledge.js';
import type { SampledRule } from '../logs/sampled-request.js';
import { defaultAction } from '../rule-names.js';

/** A metric that samples can be asked for, and the rule whose it is. */
export interface SampledMetric {
  readonly metric: string;
  readonly rule: SampledRule;
}

/** What of a web ACL can be sampled. */
export interface SampledMetrics {
  readonly metrics: readonly SampledMetric[];
  /** Rules of which AWS keeps no samples. */
  readonly unsampled: readonly string[];
}

/** One metric for each rule, and that of the web ACL for what no rule decides. */
export function sampledMetrics(acl: Pick<WebAcl, 'rules' | 'visibility'>): SampledMetrics {
  const known = aclKnowledge(acl);
  const rules = acl.rules.map(({ name, visibility }) => {
    const ofClient = known.get(name)?.ofClient;
    return { visibility, rule: { name, ...(ofClient !== undefined && { ofClient }) } };
  });
  const all = [...rules, { visibility: acl.visibility, rule: { name: defaultAction } }];
  return {
    metrics: all.flatMap(({ visibility: { metric, sampled }, rule }) =>
      metric === undefined || sampled === false ? [] : [{ metric, rule }],
    ),
    unsampled: all.flatMap(({ visibility: { metric, sampled }, rule }) =>
      metric === undefined || sampled === false ? [rule.name] : [],
    ),
  };
}
