import type { LogDelay } from '../contract/log-source.js';

/** A log that a server writes while it answers, and that is read where it is written. */
export const promptDelay: LogDelay = { typicalMs: 500, longestMs: 10_000, pollMs: 20 };

/** How many times longer than usual, and than the slowest one so far, a record may take. */
export const patience = 4;

/** The delay of several logs that are read as one. */
export function slowestDelay(delays: readonly LogDelay[]): LogDelay {
  return {
    typicalMs: Math.max(...delays.map(({ typicalMs }) => typicalMs)),
    longestMs: Math.max(...delays.map(({ longestMs }) => longestMs)),
    pollMs: Math.min(...delays.map(({ pollMs }) => pollMs)),
  };
}

/** How long a record is waited for before the log has shown how slow it is, in milliseconds. */
export function firstWaitMs({ typicalMs }: LogDelay): number {
  return patience * typicalMs;
}

/** A log whose records take so long is waited for once, when all is sent. */
const slowMs = 60_000;

/** Whether records of a log come minutes later, so that no question may wait for the answer to another one. */
export function comesMinutesLater({ typicalMs }: LogDelay): boolean {
  return typicalMs >= slowMs;
}
