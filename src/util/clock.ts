/** Monotonic time in milliseconds, and waiting. Passed in where a test needs to own the time. */
export interface Clock {
  now(): number;
  /** Rejects with the signal's reason as soon as `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's monotonic clock: wall-clock changes do not move it. */
export const monotonicClock: Clock = { now: () => performance.now(), sleep };

/** `node:timers/promises` makes an error with its stack for each sleep that is ended early, which some end many times a second. */
function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    if (signal?.aborted === true) onAbort();
    else signal?.addEventListener('abort', onAbort, { once: true });
  });
}
