import { expect, test } from 'vitest';
import type { LogSource } from '../../src/contract/log-source.js';
import { combineSources } from '../../src/evidence/combine-sources.js';
import { promptDelay } from '../../src/evidence/log-delay.js';
import { idsIn, Records, record } from './audit-line.js';

/** A log that cannot be read. */
function broken(reason: string): LogSource {
  return {
    delay: promptDelay,
    records: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error(reason)) }) }),
    close: async () => {},
  };
}

test('one log is left as it is', () => {
  const only = new Records([record('a')]);
  expect(combineSources([only])).toBe(only);
});

test('several logs have the records of each, of which more may come for one transaction', async () => {
  const both = combineSources([new Records([record('a')]), new Records([record('a'), record('b')])]);
  expect(await idsIn(both)).toEqual(['a', 'a', 'b']);
  expect(both.settleMs).toBe(150);
});

test('several logs are waited for as the slowest of them is, and read as often as the promptest', () => {
  const late = { typicalMs: 60_000, longestMs: 300_000, pollMs: 5000 };
  const slow: LogSource = { ...broken('slow'), delay: late, comesUpMs: 7000 };
  const both = combineSources([new Records([]), slow]);
  expect(both.delay).toEqual({ ...late, pollMs: promptDelay.pollMs });
  expect(both.comesUpMs).toBe(7000);
  expect(combineSources([new Records([]), new Records([])])).toMatchObject({ delay: promptDelay, comesUpMs: 0 });
});

test('a log that cannot be read is told when the others have been', async () => {
  const logs = combineSources([broken('no access log'), new Records([record('a')]), broken('no error log')]);
  const ids: unknown[] = [];
  const reading = (async () => {
    for await (const { correlationId } of logs.records()) ids.push(correlationId);
  })();
  await expect(reading).rejects.toThrow('no access log');
  expect(ids).toEqual(['a']);
});

test('all logs are closed', async () => {
  const logs = [new Records([]), new Records([])];
  await combineSources(logs).close();
  expect(logs.map(({ closed }) => closed)).toEqual([true, true]);
});
