import { expect, test } from 'vitest';
import { ProbePace, probeRates } from '../../../src/pipeline/probe/probe-pace.js';

/** Sends probes by a clock of the test's own, and tells when they went out, in milliseconds. */
async function sentBy(rates: ReturnType<typeof probeRates>, probes: number, counted = 0): Promise<readonly number[]> {
  let now = 0;
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms;
    },
  };
  const pace = new ProbePace(rates, { clock, signal: new AbortController().signal });
  if (counted > 0) pace.count(counted, 0);
  const times: number[] = [];
  for (let sent = 0; sent < probes; sent++) {
    await pace.turn();
    times.push(now);
  }
  return times;
}

test('in no time of its length are more sent than under half of what a rule lets through', async () => {
  const times = await sentBy(probeRates([{ requests: 100, windowSeconds: 300 }], undefined), 120);
  for (const from of times)
    expect(times.filter((at) => at >= from && at < from + 300_000).length).toBeLessThanOrEqual(49);
});

test('what a run has sent counts too', async () => {
  const [first] = await sentBy(probeRates([{ requests: 100, windowSeconds: 300 }], undefined), 1, 49);
  expect(first).toBe(300_000);
});

test('two are sent a second where nobody knows the limits', async () => {
  expect(await sentBy(probeRates(undefined, undefined), 3)).toEqual([0, 500, 1000]);
});
