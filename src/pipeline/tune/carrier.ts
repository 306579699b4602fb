import type { Variable } from '../../model/evidence.js';
import type { Exclusion } from '../../model/exclusion.js';
import type { CaseResult } from '../../model/report.js';
import type { RequestSpec } from '../../model/request.js';
import { withValue } from '../../waf/modsecurity/edit-request.js';

/** A request of a case with a place for an attack: the place that an exclusion frees. */
export interface Carrier {
  /** What decides which rules look at the place: its collection, and how it is encoded. */
  readonly kind: string;
  carry(payload: string): RequestSpec;
}

/** The request of the first case that needed an exclusion and has a place for text. */
export function findCarrier(exclusion: Exclusion, cases: readonly CaseResult[]): Carrier | undefined {
  for (const { request, hits } of cases) {
    const freed = exclusion.variable ?? hits.find(({ ruleId }) => exclusion.ruleIds.includes(Number(ruleId)))?.variable;
    const carrier = isIn(request, exclusion) && freed !== undefined ? carrierOf(request, freed) : undefined;
    if (carrier !== undefined) return carrier;
  }
  return undefined;
}

function carrierOf(request: RequestSpec, variable: Variable): Carrier | undefined {
  if (withValue(request, variable, '') === undefined) return undefined;
  const kind = `${variable.collection} ${variable.collection.startsWith('ARGS') ? request.body.kind : ''}`;
  return { kind, carry: (payload) => withValue(request, variable, payload) ?? request };
}

function isIn({ method, path }: RequestSpec, { scope }: Exclusion): boolean {
  return scope.path === undefined || (method === scope.method && path.replace(/\?.*$/s, '') === scope.path);
}
