import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wilsonInterval } from '../../src/util/wilson-interval.js';

test.each([
  [3, 10, 0.1078, 0.6032],
  [0, 10, 0, 0.2775],
  [10, 10, 0.7225, 1],
  [50, 100, 0.4038, 0.5962],
  [1, 1, 0.2065, 1],
  [0, 0, 0, 1],
])('%i of %i lies between %d and %d', (hits, tries, low, high) => {
  const interval = wilsonInterval(hits, tries);
  expect(interval.low).toBeCloseTo(low, 4);
  expect(interval.high).toBeCloseTo(high, 4);
});

test('at its ends, what was seen is just 1.96 standard deviations away', () => {
  const counts = fc.integer({ min: 2, max: 1000 }).chain((tries) => fc.tuple(fc.nat(tries - 2), fc.constant(tries)));
  fc.assert(
    fc.property(counts, ([some, tries]) => {
      const hits = some + 1;
      const { low, high } = wilsonInterval(hits, tries);
      for (const share of [low, high]) {
        const deviation = Math.sqrt((share * (1 - share)) / tries);
        expect(Math.abs(hits / tries - share) / deviation).toBeCloseTo(1.96, 3);
      }
    }),
  );
});

test('the share that was seen is always within', () => {
  const counts = fc.integer({ min: 1, max: 1000 }).chain((tries) => fc.tuple(fc.nat(tries), fc.constant(tries)));
  fc.assert(
    fc.property(counts, ([hits, tries]) => {
      const { low, high } = wilsonInterval(hits, tries);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      expect(low).toBeLessThanOrEqual(hits / tries);
      expect(high).toBeGreaterThanOrEqual(hits / tries);
    }),
  );
});
