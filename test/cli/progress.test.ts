import { describe, expect, test } from 'vitest';
import { createProgress } from '../../src/cli/progress.js';
import { result } from '../report/sample-report.js';
import { recorder } from './command-line.js';

/** What is written while `total` cases are done, every third of them not as expected. */
function written(total: number, { columns, quiet = false }: { columns?: number; quiet?: boolean } = {}) {
  const output = recorder(columns);
  const progress = createProgress(output, quiet);
  progress.stage('loading rules');
  progress.start(total);
  for (let i = 0; i < total; i++) progress.done(result({ id: `s/${i}`, asExpected: i % 3 !== 0 }));
  progress.warn('the log is slow');
  progress.end();
  return output.texts;
}

describe('in a log', () => {
  test('there is a line at each tenth', () => {
    const lines = written(1000);
    expect(lines).toHaveLength(12);
    expect(lines[0]).toBe('loading rules …\n');
    expect(lines[1]).toBe('100/1000 cases, 34 not as expected\n');
    expect(lines.at(-2)).toBe('1000/1000 cases, 334 not as expected\n');
    expect(lines.at(-1)).toBe('the log is slow\n');
  });

  test('there is a line for each of a few', () => {
    expect(written(2).slice(1, 3)).toEqual(['1/2 cases, 1 not as expected\n', '2/2 cases, 1 not as expected\n']);
  });
});

describe('a stage of so many steps', () => {
  /** What is written when each step takes so long. */
  function steps(total: number, stepMs: number, columns?: number) {
    let now = 0;
    const output = recorder(columns);
    const progress = createProgress(output, false, () => now);
    progress.stage('pricing', total);
    for (let i = 0; i < total; i++) {
      now += stepMs;
      progress.step?.();
    }
    return output.texts;
  }

  test('has a line every ten seconds in a log, with count, total and the time that is left', () => {
    expect(steps(100, 400)).toEqual([
      'pricing …\n',
      'pricing: 25/100, 30 s left\n',
      'pricing: 50/100, 20 s left\n',
      'pricing: 75/100, 10 s left\n',
      'pricing: 100/100\n',
    ]);
    expect(steps(100, 4)).toEqual(['pricing …\n']);
  });

  test('tells minutes and hours', () => {
    expect(steps(10_000, 1000)[1]).toBe('pricing: 10/10000, 2 h 47 min left\n');
    expect(steps(1000, 1000)[1]).toBe('pricing: 10/1000, 17 min left\n');
  });

  test('is drawn again and again on a terminal', () => {
    const texts = steps(4, 1000, 80);
    expect(texts).toEqual([
      '\r\u001b[2Kpricing …',
      '\r\u001b[2Kpricing: 1/4, 3 s left',
      '\r\u001b[2Kpricing: 2/4, 2 s left',
      '\r\u001b[2Kpricing: 3/4, 1 s left',
      '\r\u001b[2Kpricing: 4/4',
    ]);
  });

  test('is told once where its total comes later', () => {
    let now = 0;
    const output = recorder();
    const progress = createProgress(output, false, () => now);
    progress.stage('loading rules');
    progress.stage('loading rules', 2);
    now += 10_000;
    progress.step?.();
    expect(output.texts).toEqual(['loading rules …\n', 'loading rules: 1/2, 10 s left\n']);
  });

  test('without a total is told once', () => {
    const output = recorder();
    const progress = createProgress(output, false);
    progress.stage('loading rules');
    progress.step?.();
    expect(output.texts).toEqual(['loading rules …\n']);
  });
});

test('on a terminal one line is drawn again and again, as wide as it is, and gone at the end', () => {
  const texts = written(1000, { columns: 12 });
  expect(texts[0]).toBe('\r\u001b[2Kloading rul');
  expect(texts.at(-1)).toBe('\r\u001b[2K');
});

test('quiet keeps warnings', () => {
  expect(written(1000, { quiet: true, columns: 80 })).toEqual(['the log is slow\n']);
});
