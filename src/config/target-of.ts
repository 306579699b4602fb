import type { TargetOptions } from '../model/target-options.js';

/** What has to be said of a target; the rest has defaults. */
export type KnownOfTarget = Pick<TargetOptions, 'url' | 'waf'> & Partial<TargetOptions>;

/**
 * A target with all that is not said of it at its default: named by its URL, 16 connections, 30 seconds for a request, and
 * attack cases only where the URL leads to this machine.
 */
export function targetOf(known: KnownOfTarget): TargetOptions {
  const { url } = known;
  const defaults = { name: url, connections: 16, timeoutMs: 30_000, attacks: isLoopback(url), insecure: false };
  return Object.freeze({ ...defaults, ...known });
}

/** Whether a URL leads to this machine: only there attack cases may go without being allowed. */
function isLoopback(url: string): boolean {
  const hostname = URL.canParse(url) ? new URL(url).hostname : '';
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
