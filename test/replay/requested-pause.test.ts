import { expect, test } from 'vitest';
import type { Pair } from '../../src/model/request.js';
import { isWorthWaiting, refusalFor } from '../../src/replay/requested-pause.js';

const now = Date.UTC(1994, 10, 6, 8, 49, 7);
const answer = (status: number, ...headers: readonly Pair[]) =>
  refusalFor({ kind: 'answered', status, headers, bodyExcerpt: '' }, now);

test.each([
  ['2', 2000],
  ['0', 0],
  [' 120 ', 120_000],
  ['9'.repeat(400), Number.POSITIVE_INFINITY],
  ['Sun, 06 Nov 1994 08:49:37 GMT', 30_000],
  ['Sunday, 06-Nov-94 08:49:37 GMT', 30_000],
  ['Sun Nov  6 08:49:37 1994', 30_000],
  ['Sun, 06 Nov 1993 08:49:37 GMT', 0],
])('Retry-After: %s asks to wait %i ms', (text, waitMs) => {
  for (const status of [429, 503]) expect(answer(status, ['retry-after', text])).toEqual({ status, waitMs });
});

test("a date counts from the server's own clock", () => {
  const headers = [
    ['Retry-After', 'Sun, 06 Nov 1994 09:00:05 GMT'],
    ['Date', 'Sun, 06 Nov 1994 09:00:00 GMT'],
  ] as const;
  expect(answer(429, ...headers)).toEqual({ status: 429, waitMs: 5000 });
});

test.each(['soon', '-1', '1.5', '1e3', '', '2026-01-01', 'Sun, 99 Nov 1994 08:49:37 GMT'])(
  'Retry-After: %j says nothing',
  (text) => {
    expect(answer(429, ['Retry-After', text])).toEqual({ status: 429 });
    expect(answer(503, ['Retry-After', text])).toBeUndefined();
  },
);

test('429 refuses for load, 503 only where it says when to come back, and nothing else does', () => {
  expect(answer(429)).toEqual({ status: 429 });
  for (const status of [200, 302, 403, 413, 500, 502, 503]) expect(answer(status)).toBeUndefined();
  for (const status of [200, 301, 403, 413]) expect(answer(status, ['Retry-After', '1'])).toBeUndefined();
  expect(refusalFor({ kind: 'failed', reason: 'timeout', message: '' }, now)).toBeUndefined();
});

test('more than a minute is not waited for', () => {
  expect([{ status: 429 }, { status: 429, waitMs: 60_000 }].map(isWorthWaiting)).toEqual([true, true]);
  expect(isWorthWaiting({ status: 503, waitMs: 61_000 })).toBe(false);
});
