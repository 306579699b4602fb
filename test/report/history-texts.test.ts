import { expect, test } from 'vitest';
import type { FindingTrend } from '../../src/model/history.js';
import { trendText } from '../../src/report/history-texts.js';

const runs = ['2026-11-02', '2026-11-20', '2026-11-24', '2026-11-27'].map((day) => ({
  startedAt: `${day}T02:00:00.000Z`,
  cases: 1,
  unexpected: 1,
  verdicts: {},
}));

test.each([
  ['new', '2026-11-24', 'new since Tuesday'],
  ['new', '2026-11-20', 'new since 2026-11-20'],
  ['gone', '2026-11-27', 'gone since Friday'],
  ['flaky', '2026-11-27', 'flaky: in 3 of 4 runs'],
  ['lasting', '2026-11-20', 'since 2026-11-20'],
  ['lasting', '2026-11-02', 'in all of 4 runs'],
] as const)('a finding that is %s since %s: %s', (kind, since, text) => {
  const trend: FindingTrend = { id: 'a', what: 'a', kind, since: `${since}T02:00:00.000Z`, seen: 3 };
  expect(trendText(trend, { file: 'history.sqlite', runs, findings: [trend] })).toBe(text);
});
