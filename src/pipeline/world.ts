import type { ProgressListener } from '../contract/progress.js';
import type { Waf } from '../contract/waf.js';

export type { ProgressListener };

/** What a job needs of the process that it runs in; handed down, so that only the command line touches `process`. */
export interface World {
  /** The folder that paths start from and that places in messages are relative to. */
  readonly cwd: string;
  /** Where `!env` looks values up. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted when the user wants the job to end; what is done by then is still reported. */
  readonly signal: AbortSignal;
  readonly progress: ProgressListener;
  /** The kinds of WAF that there are, the one that is meant where none is named first; default: the built-in ones. */
  readonly wafs?: readonly [Waf, ...Waf[]];
}

/** What a program says of its world; of progress it may hear what it likes. */
export interface WorldOptions extends Partial<Omit<World, 'cwd' | 'progress'>> {
  readonly cwd: string;
  readonly progress?: Partial<ProgressListener>;
}

/** A world in which nothing is heard of progress, nobody ends the job, and the environment is empty, unless it is said. */
export function worldOf({ progress = {}, ...known }: WorldOptions): World {
  return { env: {}, signal: new AbortController().signal, ...known, progress: listening(progress) };
}

function listening(to: Partial<ProgressListener>): ProgressListener {
  return {
    stage: (text, total) => to.stage?.(text, total),
    step: () => to.step?.(),
    start: (total) => to.start?.(total),
    done: (result) => to.done?.(result),
    warn: (text) => to.warn?.(text),
    end: () => to.end?.(),
  };
}
