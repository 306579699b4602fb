import type { ProgressListener } from '../pipeline/world.js';
import type { Output } from './io.js';

const redrawMs = 100;

/** Progress on one line of a terminal that is drawn again and again; in a log, a line at each tenth of the work. */
export function createProgress(output: Output, quiet: boolean): ProgressListener {
  if (quiet) return silent(output);
  return output.columns === undefined ? logProgress(output) : liveProgress(output, output.columns);
}

function silent(output: Output): ProgressListener {
  const nothing = () => undefined;
  return { stage: nothing, start: nothing, done: nothing, end: nothing, warn: (text) => output.write(`${text}\n`) };
}

interface Count {
  total: number;
  done: number;
  unexpected: number;
}

function describe({ done, total, unexpected }: Count): string {
  return `${done}/${total} cases, ${unexpected} not as expected`;
}

function logProgress(output: Output): ProgressListener {
  const count: Count = { total: 0, done: 0, unexpected: 0 };
  const line = (text: string) => output.write(`${text}\n`);
  return {
    stage: (text) => line(`${text} …`),
    start: (total) => Object.assign(count, { total, done: 0, unexpected: 0 }),
    done: ({ asExpected }) => {
      count.done += 1;
      if (!asExpected) count.unexpected += 1;
      if (count.done % Math.max(1, Math.ceil(count.total / 10)) === 0) line(describe(count));
    },
    warn: line,
    end: () => undefined,
  };
}

function liveProgress(output: Output, columns: number): ProgressListener {
  const count: Count = { total: 0, done: 0, unexpected: 0 };
  let drawnAt = 0;
  const draw = (text: string) => output.write(`\r\u001b[2K${text.slice(0, columns - 1)}`);
  const drawSometimes = () => {
    if (performance.now() - drawnAt < redrawMs) return;
    drawnAt = performance.now();
    draw(describe(count));
  };
  return {
    stage: (text) => draw(`${text} …`),
    start: (total) => Object.assign(count, { total, done: 0, unexpected: 0 }),
    done: ({ asExpected }) => {
      count.done += 1;
      if (!asExpected) count.unexpected += 1;
      drawSometimes();
    },
    warn: (text) => draw(`${text}\n`),
    end: () => draw(''),
  };
}
