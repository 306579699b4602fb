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
  readonly stop: Stop;
}

/** Breaks off all that is under way, once: to listen to an `AbortSignal` for each request costs as much as to send it. */
export class Stop {
  readonly #underWay = new Set<() => void>();
  #isOver = false;

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Calls `breakOff` when all is to end, unless it is dropped before. */
  add(breakOff: () => void): void {
    this.#underWay.add(breakOff);
  }

  drop(breakOff: () => void): void {
    this.#underWay.delete(breakOff);
  }

  now(): void {
    this.#isOver = true;
    for (const breakOff of [...this.#underWay]) breakOff();
  }
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
export function attempt({ timeoutMs, stop, excerptBytes }: AttemptLimits, send: Send): Promise<Attempt> {
  const progress: Progress = { connected: false, reused: false, answer: new AnswerCollector(excerptBytes) };
  return new Promise((resolve) => {
    let cancel = (_reason: Error) => {};
    const end = (outcome: Outcome) => {
      clearTimeout(timer);
      stop.drop(onStop);
      resolve({ outcome, connected: progress.connected, reused: progress.reused });
    };
    const breakOff = (failure: Failed) => {
      end(progress.answer.outcome(false) ?? failure);
      cancel(new Error(failure.message));
    };
    const onStop = () => breakOff(failedOutcome('aborted', 'the run was stopped'));
    const timer = setTimeout(() => breakOff(timedOut(progress, timeoutMs)), timeoutMs);
    stop.add(onStop);
    cancel = send(progress, (error) => end(progress.answer.outcome(error === undefined) ?? failureOf(error)));
    if (stop.isOver) onStop();
  });
}

function timedOut({ connected }: Progress, timeoutMs: number): Failed {
  return failedOutcome('timeout', `no ${connected ? 'answer' : 'connection'} within ${timeoutMs} ms`);
}
