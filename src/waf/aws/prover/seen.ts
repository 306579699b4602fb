import { createHash } from 'node:crypto';
import type { RuleHit } from '../../../model/evidence.js';
import type { CaseResult } from '../../../model/report.js';
import type { RequestSpec, WireRequest } from '../../../model/request.js';
import { encodeRequest } from '../../../request/encode-request.js';
import type { AclSource } from '../acl/web-acl.js';
import type { ObservedFacts, ObservedGroup } from '../evaluate/observed.js';
import type { InspectedPart } from '../managed/managed-rule.js';
import { aclRuleOf } from './acl-rule-of.js';

/** What is known of a request: which rules were seen to match it, in which variables. */
export interface SeenOfRequest {
  readonly observed: ObservedFacts;
  readonly hits: readonly RuleHit[];
}

/** Says of a request what AWS was seen to do with it, or with one that is the same in what a rule looks at. */
export type SeenIn = (request: RequestSpec) => SeenOfRequest | undefined;

/**
 * What a report says that the rules of a web ACL did. Of managed groups nothing else is known, so what was not seen to match
 * counts as not matching: the next rule behind the one that refused a request shows when the exclusion is in force.
 */
export function seenIn(results: readonly CaseResult[], source: AclSource): SeenIn {
  const whole = new Map<string, SeenOfRequest>();
  const parts = new Map<string, RuleHit[]>();
  for (const { request, hits, verdict } of results) {
    if (verdict.kind === 'inconclusive' || verdict.kind === 'unattributed-block') continue;
    const wire = encodeRequest(request);
    whole.set(hashOf(wholeOf(wire)), { observed: observedFrom(hits, source), hits });
    for (const hit of hits) {
      for (const key of keysOf(hit, wire, source)) parts.set(key, [...(parts.get(key) ?? []), hit]);
    }
  }
  return (request) => {
    const wire = encodeRequest(request);
    const exact = whole.get(hashOf(wholeOf(wire)));
    if (exact !== undefined) return exact;
    const hits = [
      ...new Map(
        allParts(wire)
          .flatMap((key) => parts.get(key) ?? [])
          .map((hit) => [hit.ruleId, hit]),
      ).values(),
    ];
    return hits.length === 0 ? undefined : { observed: observedFrom(hits, source), hits };
  };
}

function observedFrom(hits: readonly RuleHit[], source: AclSource): ObservedFacts {
  const names = hits.map(({ ruleId }) => String(ruleId));
  const groups = new Map<string, ObservedGroup>();
  for (const { statement } of source.acl.rules) {
    if (statement.kind !== 'managed-group') continue;
    const group = `${statement.vendor}#${statement.name}`;
    const matched = names.filter((name) => name.startsWith(`${group}#`)).map((name) => name.slice(group.length + 1));
    groups.set(group, { matched, isComplete: true });
  }
  const own = ownNames(source);
  return { groups, rules: new Map(own.map((name) => [name, names.includes(name)])) };
}

/** Rules of one's own, as logs spell them. */
function ownNames({ acl, resources }: AclSource): readonly string[] {
  return acl.rules.flatMap(({ name, statement }) => {
    if (statement.kind !== 'rule-group') return [name];
    const group = resources.ruleGroups.get(statement.ref);
    return group?.rules.map((rule) => `${group.name}#${rule.name}`) ?? [];
  });
}

/** The parts of a request that a managed rule looks at: with the same bytes there, it matches again. */
function keysOf({ ruleId }: RuleHit, wire: WireRequest, source: AclSource): readonly string[] {
  const found = aclRuleOf(ruleId, source);
  if (found?.kind !== 'in-group' || found.managed?.kind !== 'content') return [];
  const text = partOf(found.managed.inspects, wire);
  return text === undefined || text === '' ? [] : [keyOf(found.managed.inspects, text)];
}

const comparable: readonly InspectedPart[] = [
  'user-agent',
  'host',
  'cookies',
  'cookie-header',
  'query-string',
  'query-arguments',
  'uri-path',
  'body',
];

function allParts(wire: WireRequest): readonly string[] {
  return comparable.flatMap((part) => {
    const text = partOf(part, wire);
    return text === undefined || text === '' ? [] : [keyOf(part, text)];
  });
}

function partOf(part: InspectedPart, { target, headers, body }: WireRequest): string | undefined {
  const [path = '', query = ''] = splitOnce(target);
  switch (part) {
    case 'body':
      return latin1(body);
    case 'query-string':
    case 'query-arguments':
      return query;
    case 'uri-path':
      return path;
    case 'user-agent':
    case 'host':
      return headerOf(headers, part);
    case 'cookies':
    case 'cookie-header':
      return headerOf(headers, 'cookie');
    default:
      return undefined;
  }
}

function splitOnce(target: string): readonly string[] {
  const at = target.indexOf('?');
  return at < 0 ? [target] : [target.slice(0, at), target.slice(at + 1)];
}

function headerOf(headers: WireRequest['headers'], name: string): string | undefined {
  return headers.find(([one]) => one.toLowerCase() === name)?.[1];
}

function wholeOf({ method, target, headers, body }: WireRequest): string {
  return JSON.stringify([method, target, headers, latin1(body)]);
}

function keyOf(part: InspectedPart, text: string): string {
  return `${part} ${hashOf(text)}`;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text, 'latin1').digest('base64url');
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}
