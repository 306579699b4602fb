import type { TargetOptions } from './target-options.js';

/** Where and how shortened requests are sent to see what a WAF still refuses. */
export interface ProbeOptions {
  readonly target: TargetOptions;
  /** So many a finding at most; default 40. */
  readonly probes?: number;
  /** They may go to the path of the request itself, where no other path will do: the application gets them. */
  readonly here?: boolean;
}

export const defaultProbes = 40;

/** Fewer find nothing. */
export const fewestProbes = 10;
