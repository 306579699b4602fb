import type { JobIdentity } from './journal-entries.js';

/** In what two runs differ, in words. */
export function differencesOf(earlier: JobIdentity, now: JobIdentity): readonly string[] {
  const names = [...new Set([...Object.keys(earlier), ...Object.keys(now)])];
  return names.filter((name) => earlier[name] !== now[name]).map((name) => describe(name, earlier[name], now[name]));
}

function describe(name: string, was: string | undefined, is: string | undefined): string {
  const isHash = [was, is].some((text) => /^[\da-f]{64}$/.test(text ?? ''));
  return isHash ? name : `${name} (${was || 'none'} then, ${is || 'none'} now)`;
}
