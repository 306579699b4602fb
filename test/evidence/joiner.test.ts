import { expect, onTestFinished, test } from 'vitest';
import type { LogRecord, LogSource } from '../../src/contract/log-record.js';
import { createJoiner } from '../../src/evidence/joiner.js';
import { mergeRecords } from '../../src/evidence/merge-records.js';
import { HandClock, Inbox, record, SleepingClock, start } from './joining.js';

test('a record that arrives later is joined', async () => {
  const { inbox, joiner, readings } = start();
  const arrival = joiner.expect('w7-a-1').arrival();
  await readings(3);
  inbox.put(record('w7-a-1', 'blocked'));
  expect(await arrival).toEqual({ kind: 'found', record: record('w7-a-1', 'blocked') });
});

test('a record that arrives before the exchange is over is kept, and not waited for again', async () => {
  const { inbox, joiner, readings } = start({ clock: new HandClock() });
  const expected = joiner.expect('w7-a-1');
  inbox.put(record('w7-a-1'));
  await readings(3);
  expect(await expected.arrival()).toMatchObject({ kind: 'found' });
});

test('a record that arrives early says nothing of how slow the log is', async () => {
  const clock = new HandClock();
  const { inbox, joiner, readings } = start({ waitMs: 1000, clock });
  const early = joiner.expect('early');
  clock.time = 5000;
  inbox.put(record('early'));
  await readings(2);
  await early.arrival();
  const arrival = joiner.expect('lost').arrival();
  clock.time = 6000;
  expect(await arrival).toMatchObject({ kind: 'missing', reason: expect.stringContaining('within 1000 ms') });
});

test('the log is read often while somebody waits, and seldom while nobody does', async () => {
  const clock = new SleepingClock();
  const joiner = createJoiner({ source: new Inbox(), pollMs: 20, idlePollMs: 250, clock });
  onTestFinished(() => joiner.close());
  expect(await clock.nextSleep()).toBe(250);
  joiner.expect('w7-a-1').arrival();
  // The first wait wakes a joiner that is idle; another one finds it awake.
  expect(await clock.nextSleep()).toBe(20);
  joiner.expect('w7-a-2').arrival();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(clock.sleeps).toEqual([250, 20]);
});

test('the log is not read any more when the joiner is closed', async () => {
  const { inbox, joiner, readings } = start({ clock: new HandClock() });
  await readings(2);
  await joiner.close();
  await new Promise((resolve) => setTimeout(resolve, 5));
  const { readings: before } = inbox;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(inbox.readings).toBe(before);
});

test('of two early records the graver counts, otherwise the first', async () => {
  const first = { ...record('x'), transactionId: 'first' };
  const blocked = record('x', 'blocked');
  expect(mergeRecords(undefined, first)).toBe(first);
  expect(mergeRecords(first, record('x'))).toBe(first);
  expect(mergeRecords(first, blocked)).toBe(blocked);
  expect(mergeRecords(blocked, record('x', 'would-block'))).toBe(blocked);
  const { inbox, joiner, readings } = start();
  const expected = joiner.expect('x');
  inbox.put(first, blocked, record('x'));
  await readings(2);
  expect(await expected.arrival()).toEqual({ kind: 'found', record: blocked });
});

const hit = (ruleId: number) => ({ ruleId, message: '', tags: [], matches: [] });

test('records of one transaction complete each other', () => {
  const line = (ruleId: number, action: LogRecord['action'] = 'passed'): LogRecord => ({
    ...record('x', action),
    transactionId: 't',
    partial: true,
    hits: [hit(ruleId)],
  });
  const lines = [line(1), line(2), line(2), { ...line(3, 'blocked'), blockedBy: { kind: 'rule', ruleId: 3 } } as const];
  const all = lines.reduce<LogRecord | undefined>(mergeRecords, undefined);
  expect(all).toMatchObject({ action: 'blocked', blockedBy: { ruleId: 3 }, partial: true });
  expect(all?.hits.map(({ ruleId }) => ruleId)).toEqual([1, 2, 2, 3]);
  const audit: LogRecord = { ...record('x'), transactionId: 't', status: 403, hits: [hit(2), hit(4)] };
  for (const both of [mergeRecords(all, audit), all === undefined ? audit : mergeRecords(audit, all)]) {
    expect(both).toMatchObject({ action: 'blocked', blockedBy: { ruleId: 3 }, status: 403 });
    expect(both.partial).toBeUndefined();
    expect(both.hits.map(({ ruleId }) => ruleId)).toEqual([2, 4, 1, 3]);
  }
});

test('a partial record counts when no more of it comes', async () => {
  const clock = new HandClock();
  const { inbox, joiner, readings } = start({ clock });
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

test('a whole record is waited for a while longer where another log may add to it', async () => {
  const clock = new HandClock();
  const { inbox, joiner, readings } = start({ clock }, 150);
  const arrival = joiner.expect('x').arrival();
  const both = { transactionId: 't', hits: [hit(1)] };
  inbox.put({ ...record('x'), ...both });
  await readings(3);
  inbox.put({ ...record('x', 'blocked'), ...both, hits: [hit(2)] });
  await readings(3);
  clock.time = 150;
  expect(await arrival).toMatchObject({ record: { action: 'blocked', hits: [hit(1), hit(2)] } });
});

test('a partial record is better than none when the run ends', async () => {
  const { inbox, joiner, readings } = start({ clock: new HandClock() });
  const arrival = joiner.expect('x').arrival();
  inbox.put({ ...record('x'), transactionId: 't', partial: true });
  await readings(2);
  await joiner.close();
  expect(await arrival).toMatchObject({ kind: 'found' });
});

test('a record that never comes is missing, with the reason', async () => {
  const { inbox, joiner, readings } = start({ waitMs: 30 });
  expect(await joiner.expect('w7-a-1').arrival()).toEqual({
    kind: 'missing',
    reason: "within 30 ms of the answer the WAF's log had no entry for this request, and none for any other request",
  });
  const arrival = joiner.expect('w7-a-2').arrival();
  inbox.put(record(undefined), record('w7-stranger-1'));
  await readings(1);
  expect(await arrival).toMatchObject({ reason: expect.stringContaining('but 2 for other requests') });
  expect(await joiner.expect('w7-a-3').arrival()).toMatchObject({
    reason: expect.stringContaining('and none for any'),
  });
});

test('the flood of a stranger does not prolong the wait', async () => {
  const { inbox, joiner } = start({ waitMs: 30 });
  const flood = setInterval(() => inbox.put(...Array(500).fill(record('w7-stranger-1'))), 1);
  onTestFinished(() => clearInterval(flood));
  expect(await joiner.expect('w7-a-1').arrival()).toMatchObject({ kind: 'missing' });
});

test('a log that was late before is given 4 times as long, up to the limit', async () => {
  const clock = new HandClock();
  clock.time = 1000;
  const { inbox, joiner, readings } = start({ waitMs: 1000, maxWaitMs: 2500, clock });
  const settled: string[] = [];
  const wait = (id: string) =>
    joiner
      .expect(id)
      .arrival()
      .then(({ kind }) => settled.push(`${id} ${kind}`));
  wait('slow');
  clock.time = 1600;
  inbox.put(record('slow'));
  await readings(2);
  wait('lost');
  clock.time = 1600 + 2399;
  await readings(3);
  expect(settled).toEqual(['slow found']);
  clock.time = 1600 + 2400;
  await readings(3);
  expect(settled).toEqual(['slow found', 'lost missing']);

  wait('slower');
  clock.time += 2000;
  inbox.put(record('slower'));
  await readings(2);
  wait('lost again');
  clock.time += 2499;
  await readings(3);
  expect(settled).toHaveLength(3);
  clock.time += 1;
  await readings(3);
  expect(settled.at(-1)).toBe('lost again missing');
});

test('a record written in time is found, however late it is read', async () => {
  const clock = new HandClock();
  let release = () => {};
  let readings = 0;
  const source: LogSource = {
    async *records() {
      if (++readings !== 2) return;
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      clock.time += 60_000;
      yield record('w7-a-1');
    },
    close: async () => {},
  };
  const joiner = createJoiner({ source, waitMs: 1000, clock });
  onTestFinished(() => joiner.close());
  const arrival = joiner.expect('w7-a-1').arrival();
  while (readings < 2) await clock.sleep();
  release();
  expect(await arrival).toMatchObject({ kind: 'found' });
});

test('a source that fails is read again, and named when a record is missing', async () => {
  const { inbox, joiner, readings } = start({ waitMs: 40 });
  inbox.trouble = new Error('EACCES: audit.log');
  const missing = await joiner.expect('w7-a-1').arrival();
  const reason = "the WAF's log could not be read: EACCES: audit.log";
  expect(missing).toEqual({ kind: 'missing', reason, unreadable: true });
  inbox.trouble = undefined;
  await readings(2);
  inbox.put(record('w7-a-2'));
  expect(await joiner.expect('w7-a-2').arrival()).toMatchObject({ kind: 'found' });
});

test('closing ends every wait, and later ones', async () => {
  const { inbox, joiner, readings } = start();
  const early = joiner.expect('w7-a-1').arrival();
  const late = joiner.expect('w7-a-2');
  await readings(2);
  await joiner.close();
  expect(await early).toMatchObject({ kind: 'missing', reason: expect.stringContaining('run ended') });
  expect(await late.arrival()).toMatchObject({ kind: 'missing' });
  expect(inbox.closed).toBe(true);
});

test('closing ends every wait where the source is stuck', async () => {
  const source: LogSource = {
    records: () => ({ [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => {}) }) }),
    close: async () => {},
  };
  const joiner = createJoiner({ source });
  const arrival = joiner.expect('w7-a-1').arrival();
  await joiner.close();
  expect(await arrival).toMatchObject({ kind: 'missing' });
});

test('an id is expected once at a time', async () => {
  const { inbox, joiner, readings } = start();
  const forgotten = joiner.expect('w7-a-1');
  expect(() => joiner.expect('w7-a-1')).toThrow('expected already');
  inbox.put(record('w7-a-1', 'blocked'));
  await readings(2);
  forgotten.forget();
  forgotten.forget();
  const again = joiner.expect('w7-a-1');
  inbox.put(record('w7-a-1'));
  expect(await again.arrival()).toEqual({ kind: 'found', record: record('w7-a-1') });
});

test('an exchange that is forgotten while its record is waited for has none', async () => {
  const { joiner } = start();
  const expected = joiner.expect('w7-a-1');
  const arrival = expected.arrival();
  expected.forget();
  expect(await arrival).toEqual({ kind: 'missing', reason: 'nobody waits for it' });
});
