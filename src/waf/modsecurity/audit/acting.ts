import { pathOf } from '../../../model/endpoint.js';
import type { CaseResult } from '../../../model/report.js';
import type { RequestSpec } from '../../../model/request.js';
import { mayHold } from '../exclusion-files/may-hold.js';
import type { Rule } from '../exclusion-files/rules.js';
import type { ExclusionUnit } from '../exclusion-files/unit.js';

/** Which exclusions may do anything to which requests: the conditions of their rules do not rule that out. */
export interface Acting {
  mayActOn(unit: ExclusionUnit, request: Pick<RequestSpec, 'method' | 'path'>): boolean;
  casesOf(unit: ExclusionUnit, cases: readonly CaseResult[]): readonly CaseResult[];
}

/** What is known of a rule and a request is asked once: an audit asks for every pair of exclusion and case, and more. */
export function createActing(): Acting {
  const known = new Map<Rule, Map<string, boolean>>();
  const mayActOn: Acting['mayActOn'] = ({ host }, request) => {
    if (host === undefined) return true;
    const ofRule = known.get(host.rule) ?? new Map<string, boolean>();
    known.set(host.rule, ofRule);
    const line = { method: request.method, path: pathOf(request) };
    const key = `${line.method} ${line.path}`;
    const may = ofRule.get(key) ?? mayHold(host.rule, line);
    ofRule.set(key, may);
    return may;
  };
  return { mayActOn, casesOf: (unit, cases) => cases.filter(({ request }) => mayActOn(unit, request)) };
}
