import fc from 'fast-check';
import { expect, test } from 'vitest';
import { trendsOf } from '../../src/history/trends.js';

/** A day for each letter: `x` where the finding was seen. */
function trendOf(course: string) {
  const runs = [...course].map((_, day) => new Date(Date.UTC(2026, 10, day + 1)).toISOString());
  const seen = new Set(runs.filter((_, day) => course[day] === 'x'));
  const [trend] = trendsOf(runs, [{ id: 'a', what: 'A', runs: seen }]);
  return trend && [trend.kind, Number(trend.since.slice(8, 10)), trend.seen];
}

test.each([
  ['x', ['lasting', 1, 1]],
  ['xxx', ['lasting', 1, 3]],
  ['..x', ['new', 3, 1]],
  ['.xxx', ['new', 2, 3]],
  ['.xxxxxxxxxx', ['lasting', 2, 10]],
  ['xx.', ['gone', 3, 2]],
  ['xx........', ['gone', 3, 2]],
  ['xx..........', undefined],
  ['x.x', ['flaky', 3, 2]],
  ['..x.', ['flaky', 4, 1]],
  ['x.xxxxxxxxxx', ['lasting', 3, 11]],
  ['....', undefined],
])('%s', (course, trend) => {
  expect(trendOf(course)).toEqual(trend);
});

test('a finding that is seen always has a trend, and it began no later than now', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[x.]{0,40}x$/), (course) => {
      const [, since = 0, seen] = trendOf(course) ?? [];
      expect(course.slice(Number(since) - 1)).toMatch(/^x+$/);
      expect(seen).toBe(course.replaceAll('.', '').length);
    }),
  );
});
