import { pathOf } from '../model/endpoint.js';
import type { Exclusion, ExclusionScope } from '../model/exclusion.js';
import { matchesPath } from '../model/path-template.js';
import type { CaseResult } from '../model/report.js';
import type { RequestSpec } from '../model/request.js';
import { hides } from './hides.js';

/** Whether an exclusion acts on a request. */
export function actsOn(
  { scope }: { readonly scope: ExclusionScope },
  request: Pick<RequestSpec, 'method' | 'path'>,
): boolean {
  const { method, path } = scope;
  if (method !== undefined && method !== request.method) return false;
  return path === undefined || matchesPath(path, pathOf(request));
}

/** Whether a case has a hit that an exclusion was made for. */
export function needs({ request, hits }: Pick<CaseResult, 'request' | 'hits'>, exclusion: Exclusion): boolean {
  const meant = hits.filter(({ ruleId }) => exclusion.ruleIds.includes(ruleId));
  return actsOn(exclusion, request) && meant.some((hit) => hides(exclusion, hit));
}
