import { setTimeout as delay } from 'node:timers/promises';
import type { Joined } from '../contract/joined.js';
import type { LogSource } from '../contract/log-source.js';
import type { Joiner } from '../evidence/joiner.js';

/** How long after the first question the second is asked at most, in milliseconds; later pauses are half as long again. */
const firstPauseMs = 1000;
const growth = 1.5;

/**
 * For how long a target may be asked again whose log shows nothing, in milliseconds: as long as an entry is waited for, and
 * as long as its log takes to come up. A log may be there from the beginning, but another program may tear an entry in it.
 */
export function patienceWith(
  { comesUpMs = 0 }: Pick<LogSource, 'comesUpMs'>,
  { waitMs }: Pick<Joiner, 'waitMs'>,
): number {
  return Math.max(comesUpMs, waitMs);
}

interface Answer {
  readonly joined: Joined;
}

/**
 * @param number 1 for the first question
 * @param answered to be called when the answer is there, from when on its log entry is waited for
 */
export type Ask<T extends Answer> = (number: number, answered: () => void) => Promise<T>;

/**
 * Asks something of which the log has to tell, and again while earlier questions still wait for their entries, until there
 * is one, or the log cannot be read any more, or the patience is over. It counts from the first answer.
 * @returns the answer that was found in the log, or else the last one
 */
export async function askUntilFound<T extends Answer>(
  ask: Ask<T>,
  patienceMs: number,
  signal: AbortSignal,
): Promise<T> {
  let last = await asking(ask, 1);
  const asked = [last.answer];
  const until = performance.now() + patienceMs;
  for (let pauseMs = Math.min(firstPauseMs, patienceMs / 2); performance.now() + pauseMs < until; pauseMs *= growth) {
    const decided = await firstDecided(asked, pauseMs, signal);
    if (decided !== undefined) return decided;
    if (signal.aborted) break;
    last = await asking(ask, asked.length + 1);
    asked.push(last.answer);
  }
  return (await decidedOf(asked)) ?? last.answer;
}

/** A question that was answered, or failed. */
async function asking<T extends Answer>(ask: Ask<T>, number: number): Promise<{ readonly answer: Promise<T> }> {
  return new Promise((resolve) => {
    const answer: Promise<T> = ask(number, () => resolve({ answer }));
    answer.then(
      () => resolve({ answer }),
      () => resolve({ answer }),
    );
  });
}

/** Nothing where none is decided when the pause is over. */
async function firstDecided<T extends Answer>(asked: readonly Promise<T>[], pauseMs: number, signal: AbortSignal) {
  const end = new AbortController();
  const either = AbortSignal.any([signal, end.signal]);
  const pause = delay(pauseMs, undefined, { signal: either }).catch(() => undefined);
  try {
    return await Promise.race([decidedOf(asked).then((found) => found ?? pause), pause]);
  } finally {
    end.abort();
  }
}

/** The first that is decided; nothing as soon as all are over and none is. */
function decidedOf<T extends Answer>(asked: readonly Promise<T>[]): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    for (const one of asked) one.then((answer) => isDecided(answer) && resolve(answer), reject);
    Promise.all(asked).then(() => resolve(undefined), reject);
  });
}

function isDecided({ joined }: Answer): boolean {
  return joined.kind === 'found' || joined.unreadable === true;
}
