import { expect, onTestFinished, test } from 'vitest';
import type { LogRecord } from '../../src/contract/log-record.js';
import type { LogSource } from '../../src/contract/log-source.js';
import { createJoiner } from '../../src/evidence/joiner.js';
import { promptDelay } from '../../src/evidence/log-delay.js';
import { HandClock, startJoiner } from './inbox.js';

const record = (correlationId: string | undefined, action: LogRecord['action'] = 'passed'): LogRecord => ({
  ...(correlationId !== undefined && { correlationId }),
  action,
  waf: { kind: 'modsecurity' },
  hits: [],
});

const start = startJoiner<LogRecord>;

test('a record that arrives later is joined', async () => {
  const { inbox, joiner, readings } = start();
  const arrival = joiner.expect('w7-a-1').arrival();
  await readings(3);
  inbox.put(record('w7-a-1', 'blocked'));
  expect(await arrival).toEqual({ kind: 'found', record: record('w7-a-1', 'blocked') });
});

test('a record that arrives before the exchange is over is kept', async () => {
  const { inbox, joiner, readings } = start();
  const expected = joiner.expect('w7-a-1');
  inbox.put(record('w7-a-1'));
  await readings(3);
  expect(await expected.arrival()).toMatchObject({ kind: 'found' });
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
});

test('the flood of a stranger does not prolong the wait', async () => {
  const { inbox, joiner } = start({ waitMs: 30 });
  const flood = setInterval(() => inbox.put(...Array(500).fill(record('w7-stranger-1'))), 1);
  onTestFinished(() => clearInterval(flood));
  expect(await joiner.expect('w7-a-1').arrival()).toMatchObject({ kind: 'missing' });
});

test('a log that was late before is given 4 times as long, up to the limit', async () => {
  const clock = new HandClock();
  const { inbox, joiner, readings } = start({ waitMs: 1000, maxWaitMs: 2500, clock });
  const settled: string[] = [];
  const wait = (id: string) =>
    joiner
      .expect(id)
      .arrival()
      .then(({ kind }) => settled.push(`${id} ${kind}`));
  wait('slow');
  clock.time = 600;
  inbox.put(record('slow'));
  await readings(2);
  wait('lost');
  clock.time = 600 + 2399;
  await readings(3);
  expect(settled).toEqual(['slow found']);
  clock.time = 600 + 2400;
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
  const again = joiner.expect('w7-a-1');
  inbox.put(record('w7-a-1'));
  expect(await again.arrival()).toEqual({ kind: 'found', record: record('w7-a-1') });
});

const late = { typicalMs: 60_000, longestMs: 300_000, pollMs: 5000 };

test('a source that is minutes late is waited for as long as it says, and no longer', async () => {
  const clock = new HandClock();
  const { inbox, joiner, readings } = start({ delay: late, clock });
  const settled: string[] = [];
  const wait = (id: string) =>
    joiner
      .expect(id)
      .arrival()
      .then(({ kind }) => settled.push(`${id} ${kind}`));
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
