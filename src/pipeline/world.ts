import type { ProgressListener } from '../contract/progress.js';
import type { Waf } from '../contract/waf.js';

export type { ProgressListener };

/** What a job needs of the process that it runs in; handed down, so that only the command line touches `process`. */
export interface World {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted when the user wants the job to end; what is done by then is still reported. */
  readonly signal: AbortSignal;
  readonly progress: ProgressListener;
  /** The kinds of WAF that there are, the one that is meant where none is named first; default: the built-in ones. */
  readonly wafs?: readonly [Waf, ...Waf[]];
}
