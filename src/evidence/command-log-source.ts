import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { LogRecord } from '../contract/log-record.js';
import type { LogReader, LogSource } from '../contract/log-source.js';
import { fail } from '../model/error.js';
import { reasonOf } from '../util/reason-of.js';
import { createStreamLogSource } from './stream-log-source.js';

export interface CommandLogOptions<R extends LogRecord> {
  /** A command for the shell that prints the log as it grows: `ssh staging tail -n0 -F /var/log/modsec_audit.log`. */
  readonly command: string;
  readonly createReader: () => LogReader<R>;
  /** How long a command that prints nothing is given to connect before it counts as running, in ms; default 1000. */
  readonly startMs?: number;
}

/**
 * Runs the command in a process group of its own, which ends with our end of its standard input: on `close`, and when
 * this program dies.
 */
const script = 'exec 3<&0; { cat <&3; kill -TERM 0; } >/dev/null 2>&1 & eval "$1" </dev/null 3<&-';
const killMs = 2000;

/** Reads the log that a command prints. Fails with LOG_MISSING if the command ends at once. */
export async function createCommandLogSource<R extends LogRecord>(
  options: CommandLogOptions<R>,
): Promise<LogSource<R>> {
  const { command, createReader, startMs = 1000 } = options;
  const running = new RunningCommand(command);
  const source = createStreamLogSource({
    stream: running.child.stdout,
    reader: createReader(),
    whyEnded: () => running.whyEnded(),
    close: () => running.close(),
  });
  await running.settled(startMs);
  if (!running.hasEnded) return source;
  await running.close();
  throw fail('LOG_MISSING', { reason: running.whyEnded() });
}

class RunningCommand {
  readonly child: ChildProcessWithoutNullStreams;
  readonly #command: string;
  #complaints = '';
  #end: string | undefined;

  constructor(command: string) {
    this.#command = command;
    // Stryker disable next-line BooleanLiteral,ObjectLiteral: in the group of the tests, the command's end is theirs.
    this.child = spawn('sh', ['-c', script, 'sh', command], { detached: true, stdio: 'pipe' });
    this.child.stderr.on('data', (bytes: Buffer) => {
      this.#complaints = (this.#complaints + bytes.toString()).slice(-2000);
    });
    this.child.stdin.on('error', () => {});
    this.child.on('error', (error) => {
      this.#end ??= `could not be started: ${reasonOf(error)}`;
    });
    this.child.on('exit', (code, signal) => {
      this.#end ??= code === null ? `was ended by ${signal}` : `ended with code ${code}`;
    });
  }

  get hasEnded(): boolean {
    return this.#end !== undefined;
  }

  whyEnded(): string {
    const complaint = this.#complaints.trim().split('\n').at(-1) ?? '';
    return `the command "${this.#command}" ${this.#end ?? 'closed its output'}${complaint === '' ? '' : `: ${complaint}`}`;
  }

  /** Until the command prints something or ends, and no longer than `ms`. */
  async settled(ms: number): Promise<void> {
    const timeout = new AbortController();
    const { signal } = timeout;
    const events = [once(this.child.stdout, 'data', { signal }), once(this.child, 'close', { signal })];
    await Promise.race([...events, delay(ms, undefined, { signal })]).catch(() => {});
    timeout.abort();
    await Promise.allSettled(events);
  }

  async close(): Promise<void> {
    this.child.stdin.destroy();
    if (!this.hasEnded) await Promise.race([once(this.child, 'exit'), delay(killMs)]);
    if (!this.hasEnded) this.child.kill('SIGKILL');
    this.child.stdout.destroy();
    this.child.stderr.destroy();
  }
}
