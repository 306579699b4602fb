import { expect, test } from 'vitest';
import type { ModsecurityRecord } from '../../../../src/waf/modsecurity/log-record.js';
import { mergeRecords } from '../../../../src/waf/modsecurity/logs/merge-records.js';
import { ModsecurityMerger } from '../../../../src/waf/modsecurity/logs/record-merger.js';
import { HandClock, startJoiner } from '../../../evidence/inbox.js';

const record = (correlationId: string, action: ModsecurityRecord['action'] = 'passed'): ModsecurityRecord => ({
  correlationId,
  action,
  waf: { kind: 'modsecurity' },
  hits: [],
});

const start = (clock = new HandClock()) =>
  startJoiner<ModsecurityRecord>({ clock, merger: new ModsecurityMerger(), waitMs: 1000, maxWaitMs: 1000 });

test('of two transactions the graver counts, otherwise the first', () => {
  const first = { ...record('x'), transactionId: 'first' };
  const blocked = record('x', 'blocked');
  expect(mergeRecords(undefined, first)).toBe(first);
  expect(mergeRecords(first, record('x'))).toBe(first);
  expect(mergeRecords(first, blocked)).toBe(blocked);
  expect(mergeRecords(blocked, record('x', 'would-block'))).toBe(blocked);
});

const hit = (ruleId: number) => ({ ruleId, message: '', tags: [], matches: [] });

test('records of one transaction complete each other', () => {
  const line = (ruleId: number, action: ModsecurityRecord['action'] = 'passed'): ModsecurityRecord => ({
    ...record('x', action),
    transactionId: 't',
    partial: true,
    hits: [hit(ruleId)],
  });
  const lines = [line(1), line(2), line(2), { ...line(3, 'blocked'), blockedBy: { kind: 'rule', ruleId: 3 } } as const];
  const all = lines.reduce<ModsecurityRecord | undefined>(mergeRecords, undefined);
  expect(all).toMatchObject({ action: 'blocked', blockedBy: { ruleId: 3 }, partial: true });
  expect(all?.hits.map(({ ruleId }) => ruleId)).toEqual([1, 2, 2, 3]);
  const audit: ModsecurityRecord = { ...record('x'), transactionId: 't', status: 403, hits: [hit(2), hit(4)] };
  for (const both of [mergeRecords(all, audit), all === undefined ? audit : mergeRecords(audit, all)]) {
    expect(both).toMatchObject({ action: 'blocked', blockedBy: { ruleId: 3 }, status: 403 });
    expect(both.partial).toBeUndefined();
    expect(both.hits.map(({ ruleId }) => ruleId)).toEqual([2, 4, 1, 3]);
  }
});

test('a partial record counts when no more of it comes', async () => {
  const clock = new HandClock();
  const { inbox, joiner, readings } = start(clock);
  let settled = false;
  const arrival = joiner
    .expect('x')
    .arrival()
    .finally(() => {
      settled = true;
    });
  inbox.put({ ...record('x'), transactionId: 't', partial: true, hits: [hit(1)] });
  await readings(3);
  clock.time = 90;
  inbox.put({ ...record('x', 'blocked'), transactionId: 't', partial: true, hits: [hit(2)] });
  await readings(3);
  clock.time = 180;
  await readings(3);
  expect(settled).toBe(false);
  clock.time = 200;
  expect(await arrival).toMatchObject({ kind: 'found', record: { action: 'blocked', hits: [hit(1), hit(2)] } });
});

test('a partial record is better than none when the run ends', async () => {
  const { inbox, joiner, readings } = start();
  const arrival = joiner.expect('x').arrival();
  inbox.put({ ...record('x'), transactionId: 't', partial: true });
  await readings(2);
  await joiner.close();
  expect(await arrival).toMatchObject({ kind: 'found' });
});

const line = (lines: ModsecurityRecord['lines'], isLast = false): ModsecurityRecord => ({
  ...record('x'),
  transactionId: 't',
  ...(!isLast && { partial: true }),
  ...(lines !== undefined && { lines }),
});
const first = line({ first: true, last: false, cut: false });
const last = line({ first: false, last: true, cut: false }, true);

test('a request whose last line is logged is whole at once', async () => {
  const { inbox, joiner } = start();
  const arrival = joiner.expect('x').arrival();
  inbox.put(first, line(undefined), last);
  expect(await arrival).toMatchObject({ kind: 'found' });
});

test.each([
  ['the first line is missing', [last]],
  ['the server cut a line short', [first, line({ first: false, last: false, cut: true }), last]],
])('there is no evidence where %s', async (gap, lines) => {
  const { inbox, joiner } = start();
  const arrival = joiner.expect('x').arrival();
  inbox.put(...lines);
  expect(await arrival).toMatchObject({ kind: 'missing', reason: expect.stringContaining(gap) });
});

test('a last line is waited for as long as an entry, where the log has shown that there is one', async () => {
  const clock = new HandClock();
  const { inbox, joiner, readings } = start(clock);
  const other = joiner.expect('y').arrival();
  inbox.put({ ...first, correlationId: 'y' }, { ...last, correlationId: 'y' });
  await other;
  const arrival = joiner.expect('x').arrival();
  inbox.put(first);
  await readings(2);
  clock.time = 999;
  await readings(2);
  inbox.put(last);
  expect(await arrival).toMatchObject({ kind: 'found' });
  const lost = joiner.expect('x').arrival();
  inbox.put(first);
  await readings(2);
  clock.time += 1000;
  expect(await lost).toMatchObject({ kind: 'missing', reason: expect.stringContaining('the last line is missing') });
});
