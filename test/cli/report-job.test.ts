import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parseArguments } from '../../src/cli/arguments.js';
import type { ExitCode } from '../../src/cli/command.js';
import { reportJob } from '../../src/cli/report-job.js';
import type { RunReport } from '../../src/model/report.js';
import { reportOf, result } from '../report/sample-report.js';
import { recorder } from './command-line.js';

const fine = result({ id: 's/fine' });
const blocked = result({
  id: 's/blocked',
  verdict: { kind: 'false-positive', detectedOnly: false },
  asExpected: false,
});

/** What a job with such a report comes to. */
async function exitCodeOf(report: RunReport, signal = new AbortController().signal): Promise<ExitCode> {
  const cwd = await mkdtemp(join(tmpdir(), 'wafproof-job-'));
  onTestFinished(() => rm(cwd, { recursive: true }));
  const [stdout, stderr] = [recorder(), recorder()];
  const args = parseArguments('check', [], []);
  return reportJob(args, { cwd, env: {}, stdout, stderr, signal }, async () => report, { out: join(cwd, 'out') });
}

describe('the exit code of a job that was done', () => {
  test('is 0 where every case came out as expected', async () => {
    expect(await exitCodeOf(reportOf([fine]))).toBe(0);
  });

  test('is 1 where one did not', async () => {
    expect(await exitCodeOf(reportOf([fine, blocked]))).toBe(1);
  });
});

describe('the exit code of a job that ended before its time', () => {
  const interrupted = 'the target failed 20 times in a row';

  test.each([
    ['as expected', [fine]],
    ['otherwise', [fine, blocked]],
  ])('is 2 where it could not go on, though what was done came out %s', async (_, results) => {
    expect(await exitCodeOf(reportOf(results, { interrupted }))).toBe(2);
  });

  test('is 1 where the user ended it', async () => {
    expect(await exitCodeOf(reportOf([fine], { interrupted: 'interrupted' }), AbortSignal.abort())).toBe(1);
  });

  test('is that of its cases where the user wanted it to end and it was done by then', async () => {
    expect(await exitCodeOf(reportOf([fine]), AbortSignal.abort())).toBe(0);
  });
});
