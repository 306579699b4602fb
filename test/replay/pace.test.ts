import { expect, test } from 'vitest';
import type { Outcome } from '../../src/model/exchange.js';
import { Pace, type PaceOptions } from '../../src/replay/pace.js';
import { VirtualClock } from '../util/virtual-clock.js';

const ok: Outcome = { kind: 'answered', status: 200, headers: [], bodyExcerpt: '' };
const lost: Outcome = { kind: 'failed', reason: 'connection-reset', message: 'reset' };
const busy = (seconds?: number): Outcome => ({
  ...ok,
  status: 429,
  headers: seconds === undefined ? [] : [['Retry-After', `${seconds}`]],
});

function paceOf(options: Partial<PaceOptions> = {}) {
  const clock = new VirtualClock();
  const pace = new Pace({ connections: 16, clock, ...options });
  const state = { admitted: 0, refused: 0 };
  const enter = (count: number) => {
    for (let i = 0; i < count; i++)
      pace.enter().then(
        () => state.admitted++,
        () => state.refused++,
      );
  };
  return { pace, clock, state, enter };
}

/** Lets all that is ready happen. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Answers all that is under way, round after round; returns how many there were in each. */
async function rounds({ pace, state }: ReturnType<typeof paceOf>, outcomes: readonly Outcome[]) {
  const widths: number[] = [];
  let done = 0;
  for (const outcome of outcomes) {
    await settle();
    const underWay = state.admitted - done;
    widths.push(underWay);
    for (let i = 0; i < underWay; i++) pace.leave(outcome);
    done += underWay;
  }
  return widths;
}

test('it begins with 2 at once and doubles with every round trip, up to the connections', async () => {
  const job = paceOf();
  job.enter(200);
  expect(await rounds(job, Array(6).fill(ok))).toEqual([2, 4, 8, 16, 16, 16]);
});

test('one connection stays one', async () => {
  const job = paceOf({ connections: 1 });
  job.enter(9);
  expect(await rounds(job, [ok, ok, lost, ok])).toEqual([1, 1, 1, 1]);
});

test('failures halve it, never below 1', async () => {
  const job = paceOf({ maxFailures: 0 });
  job.enter(500);
  const widths = await rounds(job, [ok, ok, ok, lost, lost, ok, ok]);
  expect(widths).toEqual([2, 4, 8, 16, 1, 1, 2]);
});

test.each([
  [busy(7), 7000],
  [busy(), 1000],
])('a refusal for load pauses and begins anew with 2 (%#)', async (refusal, waitMs) => {
  const job = paceOf();
  job.enter(100);
  const began = job.clock.now();
  expect(await rounds(job, [ok, ok, refusal, ok, ok])).toEqual([2, 4, 8, 2, 4]);
  expect(job.clock.now() - began).toBeGreaterThanOrEqual(waitMs);
});

test('a longer pause than a minute is not made', async () => {
  const job = paceOf();
  job.enter(100);
  const began = job.clock.now();
  await rounds(job, [busy(3600), ok]);
  expect(job.clock.now()).toBe(began);
});

test('it stops after so many failures in a row: who waits and who comes later is refused', async () => {
  const job = paceOf({ maxFailures: 3 });
  job.enter(10);
  await rounds(job, [lost, ok, lost, lost, lost]);
  job.enter(1);
  await settle();
  expect(job.pace.stopped).toBe('the target gave no answer 3 times in a row (reset)');
  expect(job.state.admitted + job.state.refused).toBe(11);
  expect(job.state.refused).toBeGreaterThan(1);
});

test('an answer in between begins the count anew', async () => {
  const job = paceOf({ maxFailures: 2, connections: 1 });
  job.enter(10);
  await rounds(job, [lost, ok, lost, ok, lost, ok]);
  expect(job.pace.stopped).toBeUndefined();
});

test('a target that only refuses for load is given up too; a burst of refusals counts once', async () => {
  const job = paceOf({ maxFailures: 3 });
  job.enter(100);
  await rounds(job, [ok, ok, busy(1), busy(1)]);
  expect(job.pace.stopped).toBeUndefined();
  await rounds(job, [busy(1)]);
  expect(job.pace.stopped).toBe('the target refused to answer 3 times in a row (status 429)');
});

test('with 0 it never stops', async () => {
  const job = paceOf({ maxFailures: 0 });
  job.enter(100);
  await rounds(job, Array(60).fill(lost));
  expect([job.pace.stopped, job.state.refused]).toEqual([undefined, 0]);
});

test('a request that cannot be sent says nothing of the target', async () => {
  const job = paceOf({ maxFailures: 1 });
  job.enter(3);
  await rounds(job, [{ kind: 'failed', reason: 'unsendable', message: '' }]);
  expect(job.pace.stopped).toBeUndefined();
});

test('a closed pace refuses, and ends its pause', async () => {
  const job = paceOf();
  job.enter(3);
  job.pace.close();
  await settle();
  expect(job.state).toEqual({ admitted: 2, refused: 1 });
  await expect(job.pace.enter()).rejects.toThrow();
});
