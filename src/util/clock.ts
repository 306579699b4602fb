import { setTimeout as delay } from 'node:timers/promises';

/** Monotonic time in milliseconds, and waiting. Passed in where a test needs to own the time. */
export interface Clock {
  now(): number;
  /** Rejects with the signal's reason as soon as `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's monotonic clock: wall-clock changes do not move it. */
export const monotonicClock: Clock = {
  now: () => performance.now(),
  sleep: async (ms, signal) => {
    if (signal === undefined) return delay(ms);
    await delay(ms, undefined, { signal }).catch((error: unknown) => {
      throw signal.aborted ? signal.reason : error;
    });
  },
};
