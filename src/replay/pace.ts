import type { FailureReason, Outcome } from '../model/exchange.js';
import { type Clock, monotonicClock } from '../util/clock.js';
import { isWorthWaiting, type Refusal, refusalFor } from './requested-pause.js';

export interface PaceOptions {
  /** How many requests at once at most. */
  readonly connections: number;
  /** After this many failures in a row nothing more is sent; 0: never. Default 20. */
  readonly maxFailures?: number;
  readonly clock?: Clock;
}

interface Waiter {
  readonly admit: () => void;
  readonly refuse: (reason: unknown) => void;
}

/** Requests under way at the start. */
const firstWidth = 2;
const defaultMaxFailures = 20;
/** The pause after a 429 that does not say how long, in milliseconds; doubled each time, up to 32 times. */
const openPauseMs = 1000;

/** Failures that say nothing of the target: the request could not be sent, or the user stopped the run. */
const notTheTarget: readonly FailureReason[] = ['unsendable', 'aborted', 'not-sent'];

/**
 * How fast one target, which is one origin, is sent to. It begins with 2 requests at once and allows one more with each
 * answer, so the number doubles with every round trip until `connections` is reached. A request without an answer halves
 * it. A refusal for load (429, or 503 with `Retry-After`) brings it back to 2, and nothing is sent for as long as the
 * target asks. When too many in a row fail or are refused, nothing is sent any more.
 */
export class Pace {
  readonly #connections: number;
  readonly #maxFailures: number;
  readonly #clock: Clock;
  readonly #waiters: Waiter[] = [];
  readonly #end = new AbortController();
  #width: number;
  #underWay = 0;
  #failures = 0;
  /** Pauses that last; several may overlap. */
  #pauses = 0;
  #stopped: string | undefined;

  constructor({ connections, maxFailures = defaultMaxFailures, clock = monotonicClock }: PaceOptions) {
    this.#connections = connections;
    this.#maxFailures = maxFailures;
    this.#clock = clock;
    this.#width = Math.min(firstWidth, connections);
  }

  /** Why nothing is sent any more; nothing while all is well. */
  get stopped(): string | undefined {
    return this.#stopped;
  }

  /** Waits for the caller's turn, first come first served. Rejects when nothing is sent any more. */
  async enter(): Promise<void> {
    this.#end.signal.throwIfAborted();
    await new Promise<void>((admit, refuse) => {
      this.#waiters.push({ admit, refuse });
      this.#admit();
    });
  }

  /** To be called after each `enter`, with what came of the request. */
  leave(outcome: Outcome): void {
    this.#underWay--;
    const refusal = refusalFor(outcome, Date.now());
    if (refusal !== undefined) this.#refused(refusal);
    else if (outcome.kind === 'answered') this.#answered();
    else if (!notTheTarget.includes(outcome.reason)) this.#failed(outcome.message);
    this.#admit();
  }

  /** Refuses all who wait and all who come later. */
  close(): void {
    this.#end.abort();
    for (const { refuse } of this.#waiters.splice(0)) refuse(this.#end.signal.reason);
  }

  #answered(): void {
    this.#failures = 0;
    this.#width = Math.min(this.#width + 1, this.#connections);
  }

  #failed(message: string): void {
    this.#width = Math.max(1, Math.floor(this.#width / 2));
    this.#count((times) => `the target gave no answer ${times} in a row (${message})`);
  }

  /** Requests that were under way when the pause began are refused with the first one, and tell nothing new. */
  #refused({ status, waitMs = openPauseMs * 2 ** Math.min(this.#failures, 5) }: Refusal): void {
    this.#width = Math.min(firstWidth, this.#connections);
    if (this.#pauses === 0) this.#count((times) => `the target refused to answer ${times} in a row (status ${status})`);
    if (isWorthWaiting({ status, waitMs })) this.#pause(waitMs);
  }

  #count(describe: (times: string) => string): void {
    this.#failures++;
    if (this.#failures !== this.#maxFailures) return;
    this.#stopped ??= describe(this.#failures === 1 ? 'once' : `${this.#failures} times`);
    this.close();
  }

  #pause(ms: number): void {
    this.#pauses++;
    const resume = () => {
      this.#pauses--;
      this.#admit();
    };
    this.#clock.sleep(ms, this.#end.signal).then(resume, () => {});
  }

  #admit(): void {
    while (this.#pauses === 0 && this.#underWay < this.#width) {
      const next = this.#waiters.shift();
      if (next === undefined) return;
      this.#underWay++;
      next.admit();
    }
  }
}
