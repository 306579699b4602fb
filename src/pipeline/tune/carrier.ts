import { elementsOf } from '../../model/array-names.js';
import type { Variable } from '../../model/evidence.js';
import type { Exclusion } from '../../model/exclusion.js';
import type { CaseResult } from '../../model/report.js';
import type { RequestSpec } from '../../model/request.js';
import { withValue } from '../../waf/modsecurity/edit-request.js';
import { isolate } from '../../waf/modsecurity/isolate-request.js';
import { actsOn } from './acts-on.js';

/** A request of a case with a place for an attack: the place that an exclusion frees, and nothing beside it. */
export interface Carrier {
  /** What decides which rules look at the place: its collection, and how it is encoded. */
  readonly kind: string;
  /** Where it is. */
  readonly variable: Variable;
  readonly request: RequestSpec;
  carry(payload: string): RequestSpec;
}

/** The request of the first case that needed an exclusion and has a place for text. */
export function findCarrier(exclusion: Exclusion, cases: readonly CaseResult[]): Carrier | undefined {
  if (exclusion.effect === 'change-setting') return undefined;
  for (const result of cases) {
    if (!actsOn(exclusion, result.request)) continue;
    for (const variable of freedVariables(exclusion, result)) {
      const carrier = carrierOf(result.request, variable);
      if (carrier !== undefined) return carrier;
    }
  }
  return undefined;
}

function freedVariables({ variable, elements = 1, ruleIds }: Exclusion, { hits }: CaseResult): readonly Variable[] {
  if (variable !== undefined) return elementsOf(variable, elements);
  return hits.filter(({ ruleId }) => ruleIds.includes(Number(ruleId))).map((hit) => hit.variable);
}

function carrierOf(request: RequestSpec, variable: Variable): Carrier | undefined {
  const alone = isolate(request, variable);
  if (withValue(alone, variable, '') === undefined) return undefined;
  return {
    kind: kindOf(alone, variable),
    variable,
    request: alone,
    carry: (payload) => withValue(alone, variable, payload) ?? alone,
  };
}

/** Names of headers that rules single out, such as `User-Agent`; of those that begin with `X-`, names of uploads only. */
const ownHeader = /^x-(?!file-?name)/i;

/** Cookies of web analytics, which most rules of the Core Rule Set leave out. */
const spared = /__utm|_pk_ref/;

/** Rules tell headers apart by name, and arguments by the way in which they come. */
function kindOf({ query, body, headers }: RequestSpec, { collection, key = '' }: Variable): string {
  if (collection === 'REQUEST_COOKIES') return `${collection} ${spared.test(key) ? key : ''}`;
  if (!collection.startsWith('ARGS')) return `${collection} ${ownHeader.test(key) ? 'X-' : key.toLowerCase()}`;
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1].replace(/;.*$/s, '') ?? '';
  return `${collection} ${query.length > 0 ? 'query' : `${body.kind} ${type.toLowerCase()}`}`;
}
