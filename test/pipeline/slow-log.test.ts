import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { LogPlace } from '../../src/model/target-options.js';
import { askUntilFound } from '../../src/pipeline/ask-until-found.js';
import { diagnose, startTestLab, statuses, targetAt } from './doctor-target.js';
import { runAgainst, suiteOfGets, verdictsOf } from './run-against.js';
import { serveWaf } from './waf-server.js';

/** Shows what is written from when it has "connected" on, as `ssh staging tail -n0 -F …` does. */
const comingUp = (log: string): LogPlace => ({ command: `sleep 3; exec tail -n0 -F '${log}'` });

test('a log that takes seconds to come up is waited for by a run', async () => {
  const { url, log } = await startTestLab();
  const report = await runAgainst({ url, log }, suiteOfGets(3), {
    target: { waf: { kind: 'modsecurity', log: comingUp(log) } },
  });
  expect(verdictsOf(report)).toEqual(['let-through', 'let-through', 'let-through']);
  expect(report.target.waf.ruleset).toMatch(/^OWASP_CRS/);
});

test('a log that takes seconds to come up is waited for by the doctor', async () => {
  const { url, log } = await startTestLab();
  const diagnosis = await diagnose({
    ...targetAt(url, undefined),
    waf: { kind: 'modsecurity', log: comingUp(log) },
    logWaitMs: 300,
  });
  expect(statuses(diagnosis)).toMatchObject({ log: 'ok', 'log-entry': 'ok', header: 'ok', benign: 'ok', attack: 'ok' });
});

test('a log whose command gives up is not waited for any longer', async () => {
  const waf = await serveWaf();
  const log = { command: 'sleep 1.5; echo "no route to host" >&2; exit 255' };
  await expect(
    runAgainst(waf, suiteOfGets(1), { target: { waf: { kind: 'modsecurity', log } } }),
  ).rejects.toMatchObject({
    code: 'EVIDENCE_NONE',
    message: expect.stringContaining('no route to host'),
  });
  expect(waf.received).toEqual([]);
});

test('an answer at the first time of asking is the only one that is asked for', async () => {
  const numbers = await numbersAsked('found', 60_000);
  expect(numbers).toEqual([1]);
});

test('where nothing is ever found, the questions have an end, and the last answer counts', async () => {
  expect(await numbersAsked('missing', 60)).toEqual([1, 2]);
  expect(await numbersAsked('missing', 0)).toEqual([1]);
});

test('a question that waits for its answer is not asked again', async () => {
  const numbers: number[] = [];
  const ask = async (number: number, answered: () => void) => {
    numbers.push(number);
    await delay(100);
    answered();
    return { joined: { kind: 'found', record: { action: 'passed', waf: { kind: 'modsecurity' }, hits: [] } } } as const;
  };
  await askUntilFound(ask, 20, new AbortController().signal);
  expect(numbers).toEqual([1]);
});

test('what fails fails at once', async () => {
  const asking = askUntilFound(() => Promise.reject(new Error('down')), 60_000, new AbortController().signal);
  await expect(asking).rejects.toThrow('down');
});

test('an interruption ends the questions', async () => {
  const stopping = new AbortController();
  stopping.abort();
  const { signal } = stopping;
  const ask = async () => ({ joined: { kind: 'missing', reason: 'interrupted' } }) as const;
  expect(await askUntilFound(ask, 60_000, signal)).toEqual({ joined: { kind: 'missing', reason: 'interrupted' } });
});

async function numbersAsked(kind: 'found' | 'missing', patienceMs: number): Promise<readonly number[]> {
  const numbers: number[] = [];
  const record = { action: 'passed', waf: { kind: 'modsecurity' }, hits: [] } as const;
  const answer = await askUntilFound(
    async (number) => {
      numbers.push(number);
      return { number, joined: kind === 'found' ? { kind, record } : { kind, reason: 'no entry' } };
    },
    patienceMs,
    new AbortController().signal,
  );
  expect(answer.number).toBe(numbers.at(-1));
  return numbers;
}
