import { expect, onTestFinished, test } from 'vitest';
import type { LogRecord, RecordMerger } from '../../src/contract/log-record.js';
import type { LogSource } from '../../src/contract/log-source.js';
import { createJoiner } from '../../src/evidence/joiner.js';
import { promptDelay } from '../../src/evidence/log-delay.js';
import { record } from './audit-line.js';
import { HandClock, Inbox, SleepingClock, startJoiner } from './inbox.js';

const start = startJoiner<LogRecord>;

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

test.each([
  ['as its delay says', promptDelay, {}, [250, 20]],
  ['as it is told', promptDelay, { pollMs: 30, idlePollMs: 40 }, [40, 30]],
  ['no oftener while nobody waits than while somebody does', { ...promptDelay, pollMs: 5000 }, {}, [5000, 5000]],
])('the log is read %s', async (_what, delay, options, [idle, busy]) => {
  const clock = new SleepingClock();
  const joiner = createJoiner({ source: new Inbox(delay), clock, ...options });
  onTestFinished(() => joiner.close());
  expect(await clock.nextSleep()).toBe(idle);
  joiner.expect('w7-a-1').arrival();
  // The first wait wakes a joiner that is idle, and others may follow at once; another one finds it awake.
  expect(await clock.nextSleep()).toBe(5);
  joiner.expect('w7-a-2').arrival();
  clock.wake();
  expect(await clock.nextSleep()).toBe(busy);
  joiner.expect('w7-a-3').arrival();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(clock.sleeps).toEqual([idle, 5, busy]);
});

test('when the run is to end, the log is looked at once more without a pause', async () => {
  const clock = new SleepingClock();
  const joiner = createJoiner({ source: new Inbox(), clock });
  onTestFinished(() => joiner.close());
  joiner.expect('w7-a-1').arrival();
  expect(await clock.nextSleep()).toBe(20);
  joiner.hurry();
  expect(await clock.nextSleep()).toBe(20);
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

test('a wait wakes a joiner that is idle', async () => {
  const { inbox, joiner, readings } = start({ idlePollMs: 2 ** 30 });
  await readings(0);
  inbox.put(record('w7-a-1'));
  expect(await joiner.expect('w7-a-1').arrival()).toMatchObject({ kind: 'found' });
});

test('of two early records the graver counts, otherwise the first', async () => {
  const first = record('x');
  const blocked = record('x', 'blocked');
  const { inbox, joiner, readings } = start();
  const expected = joiner.expect('x');
  inbox.put(first, blocked, { ...record('x', 'blocked'), status: 403 }, record('x', 'would-block'));
  await readings(2);
  expect(await expected.arrival()).toEqual({ kind: 'found', record: blocked });
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

/** Waits for records, and notes how each wait ended. */
function waiting(joiner: ReturnType<typeof start>['joiner']) {
  const settled: string[] = [];
  const wait = async (id: string) => {
    const { kind } = await joiner.expect(id).arrival();
    settled.push(`${id} ${kind}`);
  };
  return { settled, wait };
}

test('a log that was late before is given 4 times as long, up to the limit', async () => {
  const clock = new HandClock();
  clock.time = 1000;
  const { inbox, joiner, readings } = start({ waitMs: 1000, maxWaitMs: 2500, clock });
  const { settled, wait } = waiting(joiner);
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
    delay: promptDelay,
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
  inbox.trouble = Object.assign(new Error("EACCES: permission denied, open 'audit.log'"), { code: 'EACCES' });
  const missing = await joiner.expect('w7-a-1').arrival();
  const reason = "the WAF's log could not be read: permission denied";
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
    delay: promptDelay,
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

const late = { typicalMs: 60_000, longestMs: 300_000, pollMs: 5000 };

test('a source that is minutes late is waited for as long as it says, and no longer', async () => {
  const clock = new HandClock();
  const { inbox, joiner, readings } = start({ delay: late, clock });
  const { settled, wait } = waiting(joiner);
  wait('late');
  clock.time = 239_000;
  await readings(2);
  inbox.put(record('late'));
  await readings(2);
  wait('lost');
  clock.time += 299_999;
  await readings(3);
  expect(settled).toEqual(['late found']);
  clock.time += 1;
  await readings(3);
  expect(settled).toEqual(['late found', 'lost missing']);
});

test('when the run is to end, nobody waits for minutes any more', async () => {
  const clock = new HandClock();
  const { inbox, joiner } = start({ delay: late, clock });
  const [lost, found] = [joiner.expect('lost').arrival(), joiner.expect('found').arrival()];
  clock.time = 9_000;
  joiner.hurry();
  inbox.put(record('found'));
  expect(await found).toMatchObject({ kind: 'found' });
  clock.time = 10_000;
  expect(await lost).toMatchObject({ kind: 'missing' });
});

/** A log that tells of a request in lines, the last of which has a status; one of status 500 is known to be cut. */
const lines: RecordMerger = {
  merge: (known, one) => ({ ...known, ...one, hits: [...(known?.hits ?? []), ...one.hits] }),
  completeness: ({ status, action }) => (status !== undefined ? 'whole' : action === 'blocked' ? 'unfinished' : 'open'),
  gapIn: ({ status }) => (status === 500 ? 'a line is cut' : undefined),
};
const line = (ruleId: number, more: Partial<LogRecord> = {}): LogRecord => ({
  ...record('x'),
  hits: [{ ruleId, message: '', tags: [] }],
  ...more,
});

/** A joiner of such a log, the outcome for a request that is over, and whether it is there. */
function startLines(options: Parameters<typeof start>[0] = {}) {
  const clock = new HandClock();
  const started = start({ clock, merger: lines, waitMs: 1000, ...options });
  const outcome = { isThere: false };
  const arrival = started.joiner
    .expect('x')
    .arrival()
    .finally(() => {
      outcome.isThere = true;
    });
  return { ...started, clock, arrival, outcome };
}

test('a request of several lines is whole with its last one, at once', async () => {
  const { inbox, arrival } = startLines();
  inbox.put(line(1), line(2, { status: 403 }));
  expect(await arrival).toMatchObject({ kind: 'found', record: { hits: [{ ruleId: 1 }, { ruleId: 2 }] } });
});

test('lines that may be all are taken when no other one came for a while', async () => {
  const { inbox, clock, readings, arrival, outcome } = startLines();
  inbox.put(line(1));
  await readings(3);
  clock.time = 90;
  inbox.put(line(2));
  await readings(3);
  clock.time = 189;
  await readings(3);
  expect(outcome.isThere).toBe(false);
  clock.time = 190;
  expect(await arrival).toMatchObject({ kind: 'found', record: { hits: [{ ruleId: 1 }, { ruleId: 2 }] } });
});

test('lines of which the end is known to be missing are waited for as long as a record', async () => {
  const { inbox, clock, readings, outcome, arrival } = startLines();
  inbox.put(line(1, { action: 'blocked' }));
  await readings(3);
  clock.time = 999;
  await readings(3);
  expect(outcome.isThere).toBe(false);
  clock.time = 1000;
  expect(await arrival).toMatchObject({ kind: 'found', record: { action: 'blocked' } });
});

test('lines with a gap are no evidence, and the gap is named', async () => {
  const { inbox, arrival } = startLines();
  inbox.put(line(1, { status: 500 }));
  const reason = "the WAF's log does not have all lines of this request: a line is cut";
  expect(await arrival).toEqual({ kind: 'missing', reason, seen: true });
});

test('what came is better than nothing when the run ends', async () => {
  const { inbox, joiner, readings, arrival } = startLines();
  inbox.put(line(1));
  await readings(2);
  await joiner.close();
  expect(await arrival).toMatchObject({ kind: 'found', record: { hits: [{ ruleId: 1 }] } });
});

test('a whole record is waited for a while longer where another log may add to it', async () => {
  const { inbox, clock, readings, arrival, outcome } = startLines({ settleMs: 150 });
  inbox.put(line(1, { status: 403 }));
  await readings(3);
  clock.time = 149;
  await readings(3);
  expect(outcome.isThere).toBe(false);
  inbox.put(line(2));
  await readings(3);
  clock.time = 149 + 150;
  expect(await arrival).toMatchObject({ record: { hits: [{ ruleId: 1 }, { ruleId: 2 }] } });
});

test.each([
  ['4 times what is typical, and no less where the log says that nothing comes so late', {}, { longestMs: 1 }, 2000],
  ['what it says itself', { waitMs: 700 }, {}, 700],
  ['no longer than what it may be at most', { waitMs: 700, maxWaitMs: 300 }, {}, 300],
])('the first wait is %s', async (_what, options, delay, waitMs) => {
  const clock = new HandClock();
  const { joiner } = start({ clock, delay: { ...promptDelay, ...delay }, ...options });
  const arrival = joiner.expect('lost').arrival();
  clock.time = waitMs;
  expect(await arrival).toMatchObject({ reason: expect.stringContaining(`within ${waitMs} ms`) });
});

test('a log may be 5 times slower than the user says, and no more', async () => {
  const clock = new HandClock();
  const { inbox, joiner, readings } = start({ clock, waitMs: 100 });
  const slow = async (id: string, ms: number) => {
    const arrival = joiner.expect(id).arrival();
    clock.time += ms;
    inbox.put(record(id));
    expect(await arrival).toMatchObject({ kind: 'found' });
  };
  await readings(1);
  await slow('slow', 90);
  await slow('slower', 300);
  const lost = joiner.expect('lost').arrival();
  clock.time += 500;
  expect(await lost).toMatchObject({ reason: expect.stringContaining('within 500 ms') });
});
