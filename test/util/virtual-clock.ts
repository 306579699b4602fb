import type { Clock } from '../../src/util/clock.js';

/** A clock that jumps to the end of each sleep, late by as much as `lateness` says. */
export class VirtualClock implements Clock {
  time = 1000;
  readonly #lateness: () => number;

  constructor(lateness: () => number = () => 0) {
    this.#lateness = lateness;
  }

  now(): number {
    return this.time;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    await Promise.resolve();
    signal?.throwIfAborted();
    this.time += ms + this.#lateness();
  }
}
