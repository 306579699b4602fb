import type { Arguments } from './arguments.js';
import type { CommandOutcome } from './exit-code.js';
import type { Flag } from './flags.js';
import type { Io } from './io.js';

/** One command of `wafproof`. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** What stands after the name, such as `[suite…]`. */
  readonly operands: string;
  readonly flags: readonly Flag[];
  readonly examples: readonly string[];
  run(args: Arguments, io: Io): Promise<CommandOutcome>;
}
