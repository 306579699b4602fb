import { type Clock, monotonicClock } from './clock.js';

/** How late a timer or a caller may be without losing its place, in milliseconds; also bounds the burst after a pause. */
const toleranceMs = 50;

/**
 * A token bucket, kept as the time at which the next token is due. Due times follow one another at exactly `1 / rate`,
 * whatever the lateness of timers, so a long run neither drifts below the rate nor exceeds it. After a pause at most
 * 50 ms worth of tokens are handed out at once, and never fewer than one.
 */
export class RateLimiter {
  readonly #intervalMs: number;
  readonly #clock: Clock;
  #nextDue = Number.NEGATIVE_INFINITY;

  /** @param perSecond requests a second, more than 0; fractions such as 0.5 work */
  constructor(perSecond: number, clock: Clock = monotonicClock) {
    if (!(perSecond > 0)) throw new RangeError(`a rate must be more than 0, not ${perSecond}`);
    this.#intervalMs = 1000 / perSecond;
    this.#clock = clock;
  }

  /**
   * Waits for the caller's turn, first come first served. Rejects with the signal's reason when `signal` aborts; the
   * turn of who gave up is lost, so the rate stays an upper bound.
   */
  async take(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const now = this.#clock.now();
    const due = Math.max(this.#nextDue, now - toleranceMs);
    this.#nextDue = due + this.#intervalMs;
    if (due > now) await this.#clock.sleep(due - now, signal);
  }
}
