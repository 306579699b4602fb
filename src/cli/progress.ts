import type { ProgressListener } from '../pipeline/world.js';
import type { Output } from './io.js';
import { timeLeft } from './time-left.js';

const redrawMs = 100;
/** How often a log has a line of a stage that takes long. */
const logMs = 10_000;

/** Progress on one line of a terminal that is drawn again and again; in a log, a line at each tenth of the cases and every ten seconds. */
export function createProgress(output: Output, quiet: boolean, now: () => number = () => performance.now()) {
  if (quiet) return silent(output);
  return listen(output.columns === undefined ? logLines(output) : terminalLine(output, output.columns), now);
}

function silent(output: Output): ProgressListener {
  const nothing = () => undefined;
  const unheard = { stage: nothing, step: nothing, start: nothing, done: nothing, end: nothing };
  return { ...unheard, warn: (text) => output.write(`${text}\n`) };
}

/** Where progress is shown. */
interface Display {
  readonly everyMs: number;
  /** Cases are shown at each so many of them, whatever the time; else as often as anything else. */
  casesEvery(total: number): number | undefined;
  show(text: string): void;
  warn(text: string): void;
  end(): void;
}

function logLines(output: Output): Display {
  const line = (text: string) => output.write(`${text}\n`);
  const casesEvery = (total: number) => Math.max(1, Math.ceil(total / 10));
  return { everyMs: logMs, casesEvery, show: line, warn: line, end: () => undefined };
}

function terminalLine(output: Output, columns: number): Display {
  const draw = (text: string) => output.write(`\r\u001b[2K${text.slice(0, columns - 1)}`);
  return {
    everyMs: redrawMs,
    casesEvery: () => undefined,
    show: draw,
    warn: (text) => draw(`${text}\n`),
    end: () => draw(''),
  };
}

/** What is being counted: cases, or the steps of a stage. */
interface Count {
  /** What the line begins with, where it is a stage. */
  readonly stage?: string;
  readonly total: number;
  readonly since: number;
  done: number;
  unexpected: number;
}

function listen(display: Display, now: () => number): ProgressListener {
  let count: Count = { total: 0, since: now(), done: 0, unexpected: 0 };
  let shownAt = Number.NEGATIVE_INFINITY;
  const show = (text: string) => {
    shownAt = now();
    display.show(text);
  };
  const isDue = () => now() - shownAt >= display.everyMs;
  return {
    stage(text, total = 0) {
      const isTold = count.stage === text && count.total === 0;
      count = { stage: text, total, since: now(), done: 0, unexpected: 0 };
      if (!isTold) show(`${text} …`);
    },
    step() {
      count.done += 1;
      if (count.total > 0 && isDue()) show(describe(count, now()));
    },
    start(total) {
      count = { total, since: now(), done: 0, unexpected: 0 };
    },
    done({ asExpected }) {
      count.done += 1;
      if (!asExpected) count.unexpected += 1;
      const every = display.casesEvery(count.total);
      if (every === undefined ? isDue() : count.done % every === 0) show(describe(count, now()));
    },
    warn: (text) => display.warn(text),
    end: () => display.end(),
  };
}

function describe({ stage, done, total, since, unexpected }: Count, at: number): string {
  const left = timeLeft(done, total, at - since);
  const text =
    stage === undefined ? `${done}/${total} cases, ${unexpected} not as expected` : `${stage}: ${done}/${total}`;
  return left === undefined ? text : `${text}, ${left}`;
}
