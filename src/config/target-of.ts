import type { TargetOptions } from '../model/target-options.js';
import { isLoopback } from '../util/loopback.js';

/** What has to be said of a target; the rest has defaults. */
export type KnownOfTarget = Pick<TargetOptions, 'url' | 'waf'> & Partial<TargetOptions>;

/**
 * A target with all that is not said of it at its default: named by its URL, 16 connections, 30 seconds for a request, and
 * attack cases only where the URL leads to this machine.
 */
export function targetOf(known: KnownOfTarget): TargetOptions {
  const { url } = known;
  const defaults = { name: url, connections: 16, timeoutMs: 30_000, attacks: leadsHere(url), insecure: false };
  return Object.freeze({ ...defaults, ...known });
}

/** Only on this machine attack cases may go without being allowed. */
function leadsHere(url: string): boolean {
  return URL.canParse(url) && isLoopback(new URL(url).hostname);
}
