import type { TriageEvidence } from '../model/triage.js';
import type { AnsweredOutcome } from './material.js';

/** A refusal that a cache has kept: whoever made it may have changed its mind since. */
export interface StaleCopy {
  readonly evidence: TriageEvidence;
  readonly next: string;
}

/** By these a cache says that it answered itself; each with what it says then. */
const hits: readonly (readonly [name: string, is: RegExp])[] = [
  ['age', /^[1-9]\d{0,9}$/],
  ['x-cache', /^(?:TCP_(?:\w{1,20}_)?)?HIT\b|, ?HIT\b|^Hit from\b/i],
  ['cf-cache-status', /^(?:HIT|STALE|UPDATING)$/i],
  ['x-cache-status', /^(?:HIT|STALE)$/i],
  ['cdn-cache', /^HIT$/i],
  ['x-varnish', /^\d{1,12} \d{1,12}$/],
];

/** Whether a refusal came out of a cache, by what caches write. */
export function staleCopyIn(outcome: AnsweredOutcome): StaleCopy | undefined {
  if (outcome.status < 400) return undefined;
  const seen = outcome.headers.filter(([name, value]) =>
    hits.some(([wanted, is]) => wanted === name.toLowerCase() && is.test(value.trim())),
  );
  if (seen.length === 0) return undefined;
  const age = seen.find(([name]) => name.toLowerCase() === 'age')?.[1].trim();
  const howOld = age === undefined ? '' : ` that is ${age} s old`;
  const text = seen.map(([name, value]) => `${name.toLowerCase()}: ${value}`.slice(0, 200)).join(' · ');
  return {
    evidence: {
      from: 'response',
      text,
      says: `a cache answered with a copy${howOld}: who refused then may have been mended since, and no log behind the cache has this request`,
    },
    next: 'the same request with a query that nobody has sent yet (`?fresh=1`): it passes the cache; where it succeeds, purge the copy, and let refusals be kept by no cache',
  };
}
