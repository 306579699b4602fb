import fc from 'fast-check';
import { expect, test } from 'vitest';
import { monotonicClock } from '../../src/util/clock.js';
import { RateLimiter } from '../../src/util/rate-limiter.js';
import { VirtualClock } from './virtual-clock.js';

const toleranceMs = 50;

test('in no window are there more turns than the rate and the tolerance allow', async () => {
  const property = fc.asyncProperty(
    fc.double({ min: 0.5, max: 2000, noNaN: true }),
    fc.array(fc.nat(300), { minLength: 2, maxLength: 80 }),
    async (rate, pauses) => {
      const clock = new VirtualClock();
      const limiter = new RateLimiter(rate, clock);
      const turns: number[] = [];
      for (const pause of pauses) {
        clock.time += pause;
        await limiter.take();
        turns.push(clock.now());
      }
      for (const [first, start] of turns.entries()) {
        for (const [last, end] of turns.entries()) {
          if (last < first) continue;
          const allowed = ((end - start + toleranceMs) * rate) / 1000 + 1;
          expect(last - first + 1).toBeLessThanOrEqual(allowed + 1e-6);
        }
      }
    },
  );
  await fc.assert(property);
});

test('late timers and slow callers do not lower the rate', async () => {
  const clock = new VirtualClock(() => 3);
  const limiter = new RateLimiter(100, clock);
  await limiter.take();
  const start = clock.now();
  for (let turn = 0; turn < 1000; turn++) {
    await limiter.take();
    clock.time += 8;
  }
  expect(clock.now() - start).toBeLessThan(10_000 + toleranceMs);
  expect(clock.now() - start).toBeGreaterThan(10_000 - toleranceMs);
});

test('an aborted wait rejects with the reason, at once and later', async () => {
  const stop = new AbortController();
  const limiter = new RateLimiter(0.001);
  await limiter.take(stop.signal);
  const waiting = limiter.take(stop.signal);
  stop.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  await expect(limiter.take(stop.signal)).rejects.toThrow('enough');
});

test.each([0, -5, Number.NaN])('a rate of %s is refused', (rate) => {
  expect(() => new RateLimiter(rate)).toThrow(RangeError);
});

test('the monotonic clock sleeps without a signal too', async () => {
  const before = monotonicClock.now();
  await monotonicClock.sleep(2);
  expect(monotonicClock.now()).toBeGreaterThan(before);
});
