import { formatVariable } from '../../model/evidence.js';
import type { Exclusion } from '../../model/exclusion.js';
import type { CaseResult } from '../../model/report.js';
import type { RequestSpec } from '../../model/request.js';
import { withName } from '../../waf/modsecurity/edit-request.js';
import type { Bench } from './workbench.js';

/**
 * Finds exclusions that take away more than they say: in a neighbouring path, method or field, each rule must still fire
 * on the payload on which it fired before. An exclusion that is wide on purpose is tried in a neighbouring field only.
 * @returns ids of exclusions
 */
export async function findTooBroad(
  exclusions: readonly Exclusion[],
  cases: readonly CaseResult[],
  { before, after }: { readonly before: Bench; readonly after: Bench },
): Promise<readonly string[]> {
  const broad: string[] = [];
  for (const exclusion of exclusions) {
    const needing = cases.find((result) => needs(result, exclusion));
    const neighbours = needing === undefined ? [] : neighboursOf(needing.request, exclusion);
    const losses = await Promise.all(neighbours.map((request) => losesRule(request, exclusion, { before, after })));
    if (losses.some((lost) => lost)) broad.push(exclusion.id);
  }
  return broad;
}

function needs({ request, hits }: CaseResult, { ruleIds, variable, scope }: Exclusion): boolean {
  const here = scope.path === undefined || (request.method === scope.method && pathOf(request) === scope.path);
  const same = (hit: CaseResult['hits'][number]) =>
    variable === undefined || formatVariable(hit.variable) === formatVariable(variable);
  return here && hits.some((hit) => ruleIds.includes(Number(hit.ruleId)) && same(hit));
}

function neighboursOf(request: RequestSpec, { variable, scope }: Exclusion): readonly RequestSpec[] {
  const renamed =
    variable === undefined ? undefined : withName(request, variable, `${lastPart(variable.key)}_neighbour`);
  const elsewhere: readonly RequestSpec[] =
    scope.path === undefined
      ? []
      : [
          { ...request, path: request.path.replace(scope.path, `${scope.path}-neighbour`) },
          { ...request, method: request.method === 'POST' ? 'PUT' : 'POST' },
        ];
  return renamed === undefined ? elsewhere : [...elsewhere, renamed];
}

function lastPart(key = ''): string {
  return key.split('.').at(-1) ?? key;
}

async function losesRule(
  request: RequestSpec,
  { ruleIds }: Exclusion,
  { before, after }: { readonly before: Bench; readonly after: Bench },
): Promise<boolean> {
  const [was, is] = await Promise.all([before.evaluate(request), after.evaluate(request)]);
  const fires = (evidence: typeof was, id: number) => evidence.hits.some(({ ruleId }) => ruleId === id);
  return ruleIds.some((id) => fires(was, id) && !fires(is, id));
}

function pathOf({ path }: RequestSpec): string {
  return path.replace(/\?.*$/s, '');
}
