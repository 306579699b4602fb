import type { Outcome } from '../model/exchange.js';
import { AnswerCollector } from './answer-collector.js';
import { type Failed, failedOutcome, failureOf } from './failure.js';

/** One try to send a request, ended. */
export interface Attempt {
  readonly outcome: Outcome;
  /** Whether a connection to the server stood. */
  readonly connected: boolean;
  /** Whether that connection had served another request before. */
  readonly reused: boolean;
}

export interface AttemptLimits {
  /** For the whole exchange: connecting, sending, and reading the answer. */
  readonly timeoutMs: number;
  /** How much of the answer's body is kept, in bytes. */
  readonly excerptBytes: number;
  readonly signal: AbortSignal;
}

/** What a try has come to so far; written by who sends. */
export interface Progress {
  connected: boolean;
  reused: boolean;
  readonly answer: AnswerCollector;
}

/** Begins to send, calls `done` when nothing more will come, and returns what breaks the try off. */
export type Send = (progress: Progress, done: (error?: unknown) => void) => (reason: Error) => void;

/**
 * Runs one try within its limits. It never rejects. Once the head of an answer has arrived the outcome is `answered`,
 * even if the time is over, or the connection lost, before the end of the body.
 */
export function attempt(limits: AttemptLimits, send: Send): Promise<Attempt> {
  const { timeoutMs, signal, excerptBytes } = limits;
  const progress: Progress = { connected: false, reused: false, answer: new AnswerCollector(excerptBytes) };
  return new Promise((resolve) => {
    let cancel = (_reason: Error) => {};
    const end = (failure: Failed) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      const { connected, reused, answer } = progress;
      resolve({ outcome: answer.outcome() ?? failure, connected, reused });
    };
    const breakOff = (failure: Failed) => {
      end(failure);
      cancel(new Error(failure.message));
    };
    const onAbort = () => breakOff(failedOutcome('aborted', 'the run was stopped'));
    const timer = setTimeout(() => breakOff(timedOut(progress, timeoutMs)), timeoutMs);
    signal.addEventListener('abort', onAbort);
    cancel = send(progress, (error) => end(failureOf(error)));
    if (signal.aborted) onAbort();
  });
}

function timedOut({ connected }: Progress, timeoutMs: number): Failed {
  return failedOutcome('timeout', `no ${connected ? 'answer' : 'connection'} within ${timeoutMs} ms`);
}
