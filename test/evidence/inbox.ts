import { onTestFinished } from 'vitest';
import type { LogRecord } from '../../src/contract/log-record.js';
import type { LogSource } from '../../src/contract/log-source.js';
import { createJoiner } from '../../src/evidence/joiner.js';
import type { JoinerOptions } from '../../src/evidence/joiner-options.js';
import { promptDelay } from '../../src/evidence/log-delay.js';
import type { Clock } from '../../src/util/clock.js';

/** A source into which a test puts records, and which tells how often it was read to its end. */
export class Inbox<R extends LogRecord> implements LogSource<R> {
  readonly delay;
  readonly settleMs?: number;
  readonly #arrived: R[] = [];
  trouble: Error | undefined;
  readings = 0;
  closed = false;

  constructor(delay = promptDelay, settleMs?: number) {
    this.delay = delay;
    if (settleMs !== undefined) this.settleMs = settleMs;
  }

  put(...records: readonly R[]): void {
    this.#arrived.push(...records);
  }

  async *records(): AsyncGenerator<R> {
    this.readings++;
    if (this.trouble !== undefined) throw this.trouble;
    yield* this.#arrived.splice(0);
  }

  async close(): Promise<void> {
    this.closed = true;
  }
}

/** A joiner that reads an inbox all the time. */
export function startJoiner<R extends LogRecord>({
  delay,
  settleMs,
  ...options
}: Partial<JoinerOptions<R>> & { readonly delay?: LogSource['delay']; readonly settleMs?: number } = {}) {
  const inbox = new Inbox<R>(delay, settleMs);
  const joiner = createJoiner<R>({ source: inbox, pollMs: 1, idlePollMs: 1, ...options });
  onTestFinished(() => joiner.close());
  const readings = async (count: number) => {
    const until = inbox.readings + count;
    while (inbox.readings < until) await new Promise((resolve) => setImmediate(resolve));
  };
  return { inbox, joiner, readings };
}

/** Time that moves only when the test says so; sleeping gives way to everything else. */
export class HandClock implements Clock {
  time = 0;
  now = () => this.time;
  sleep = () => new Promise<void>((resolve) => setImmediate(resolve));
}

/** Time that stands still: who sleeps is woken by a signal, or by the test. */
export class SleepingClock implements Clock {
  /** How long each sleep was to be, in ms. */
  readonly sleeps: number[] = [];
  /** Ends the last sleep. */
  wake = () => {};
  #seen = 0;

  now = () => 0;

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    this.sleeps.push(ms);
    return new Promise((resolve, reject) => {
      this.wake = resolve;
      signal?.addEventListener('abort', () => reject(signal.reason));
    });
  }

  /** How long the next sleep is to be. */
  async nextSleep(): Promise<number | undefined> {
    this.#seen += 1;
    while (this.sleeps.length < this.#seen) await new Promise((resolve) => setImmediate(resolve));
    return this.sleeps[this.#seen - 1];
  }
}
