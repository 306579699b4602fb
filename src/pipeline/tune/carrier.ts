import { elementsOf } from '../../model/array-names.js';
import type { Variable } from '../../model/evidence.js';
import type { Exclusion } from '../../model/exclusion.js';
import type { CaseResult } from '../../model/report.js';
import type { RequestSpec } from '../../model/request.js';
import { type AttackPlace, attackPlace } from '../../waf/modsecurity/attack-place.js';
import { actsOn } from './acts-on.js';

/** A request of a case with a place for an attack: the place that an exclusion frees, and nothing beside it. */
export interface Carrier extends AttackPlace {
  /** What decides which rules look at the place: its collection, and how it is encoded. */
  readonly kind: string;
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
  const place = attackPlace(request, variable);
  return place && { ...place, kind: kindOf(place.carry(''), variable) };
}

/** Names of headers that rules single out, such as `User-Agent`; of those that begin with `X-`, names of uploads only. */
const ownHeader = /^x-(?!file-?name)/i;

/** Cookies of web analytics, which most rules of the Core Rule Set leave out. */
const spared = /__utm|_pk_ref/;

/** Rules tell headers apart by name, and all else by the way in which it comes. */
function kindOf({ query, body, headers }: RequestSpec, { collection, key = '' }: Variable): string {
  if (collection === 'REQUEST_COOKIES') return `${collection} ${spared.test(key) ? key : ''}`;
  if (collection === 'REQUEST_HEADERS') return `${collection} ${ownHeader.test(key) ? 'X-' : key.toLowerCase()}`;
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1].replace(/;.*$/s, '') ?? '';
  return `${collection} ${query.length > 0 ? 'query' : `${body.kind} ${type.toLowerCase()}`}`;
}
