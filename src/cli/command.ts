import type { Arguments } from './arguments.js';
import type { Flag } from './flags.js';
import type { Io } from './io.js';

/** What a job came to, as the shell learns it. */
export type ExitCode = 0 | 1 | 2;

/** One command of `wafproof`. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** What stands after the name, such as `[suite…]`. */
  readonly operands: string;
  readonly flags: readonly Flag[];
  readonly examples: readonly string[];
  run(args: Arguments, io: Io): Promise<ExitCode>;
}
