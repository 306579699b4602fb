import { type StdioOptions, spawn } from 'node:child_process';
import { fail } from '../model/error.js';
import { reasonOf } from '../util/reason-of.js';
import type { World } from './world.js';

/** Where what the command writes goes. */
export interface CommandSetup {
  /** Variables that it gets beside those of this process. */
  readonly env: Readonly<Record<string, string>>;
  /** Its standard output goes to standard error: standard output is for something else. */
  readonly asideOutput?: boolean;
}

/** So long a command may end by itself, which has often had the same signal, and so long once it was told to; in milliseconds. */
const graceMs = 3000;
const patienceMs = 10_000;

/**
 * Runs a command to its end; a single word with blanks in it is a line for the shell. Where the job is to end, so is it.
 * @returns its exit code, or 128 and the number of the signal that ended it, as shells tell it
 * @throws WafproofError `COMMAND_START`
 */
export function runCommandToEnd(
  words: readonly string[],
  { env, asideOutput = false }: CommandSetup,
  { cwd, env: own, signal }: Pick<World, 'cwd' | 'env' | 'signal'>,
): Promise<number> {
  const [program = '', ...args] = words;
  const shell = args.length === 0 && /\s/.test(program);
  const stdio: StdioOptions = ['inherit', asideOutput ? 2 : 'inherit', 'inherit'];
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: { ...own, ...env }, stdio, shell });
    const timers: NodeJS.Timeout[] = [];
    const end = () => {
      timers.push(setTimeout(() => child.kill('SIGTERM'), graceMs));
      timers.push(setTimeout(() => child.kill('SIGKILL'), graceMs + patienceMs));
    };
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    child.once('error', (cause) =>
      reject(fail('COMMAND_START', { command: program, reason: reasonOf(cause) }, { cause })),
    );
    child.once('close', (code, ended) => {
      signal.removeEventListener('abort', end);
      for (const timer of timers) clearTimeout(timer);
      resolve(code ?? 128 + (ended === null ? 0 : (signalNumbers[ended] ?? 0)));
    });
  });
}

const signalNumbers: Readonly<Partial<Record<NodeJS.Signals, number>>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGTERM: 15,
};
