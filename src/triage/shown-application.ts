import type { Layer } from '../model/triage.js';
import type { FoundHits, Hit } from './find-hits.js';
import { layerOf } from './pick-hit.js';

/** Where applications and what runs them stand. */
const behindGateways: readonly Layer[] = ['application', 'runtime'];
/** Headers that a proxy adds only to what it has from behind it. */
const passedOn: readonly string[] = ['x-envoy-upstream-service-time', 'x-kong-upstream-latency'];

/**
 * Whether words that a gateway writes as often are an application's here: one shows in the answer, or a gateway says that it
 * passed the request on, as does the log of a WAF (`isPassed`).
 */
export function isOfShownApplication(hit: Hit, { hops, answer }: FoundHits, isPassed: boolean): boolean {
  const { refusal } = hit;
  if (refusal.by !== 'common' || layerOf(hit) !== 'unknown') return false;
  if (refusal.or?.some((one) => one === `application/${refusal.cause}`) !== true) return false;
  const headers = answer?.headerNames ?? [];
  return (
    isPassed ||
    hops.some(({ layer }) => behindGateways.includes(layer)) ||
    passedOn.some((name) => headers.includes(name))
  );
}
