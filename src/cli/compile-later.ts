import { setFlagsFromString } from 'node:v8';

/** How much bytecode a function runs until it is looked at, in bytes; V8 11 looks after a third of it. */
const budget = 200_000;

/**
 * Lets a function be used longer before it is compiled for speed. V8 11, which is that of Node 20, is so quick to do it that a
 * run of two thousand cases spends a seventh of its CPU time on code that is hardly used any more, which a WAF on the same
 * machine would have had. Other versions of V8 have other measures and are left alone.
 */
export function compileLater({ v8 }: Pick<NodeJS.ProcessVersions, 'v8'>): void {
  if (v8.startsWith('11.')) setFlagsFromString(`--interrupt-budget=${budget}`);
}
