import { expect, test } from 'vitest';
import { correlationHeader } from '../../src/model/correlation.js';
import { createCorrelationIds } from '../../src/replay/correlation-ids.js';

test('ids are known beforehand where the run id is', () => {
  const ids = createCorrelationIds('k3x9');
  expect([ids.prefix, ids.next(), ids.next()]).toEqual(['w7-k3x9-', 'w7-k3x9-1', 'w7-k3x9-2']);
});

test('ids of two runs differ, and are lower-case letters, digits and single hyphens', () => {
  const all = Array.from({ length: 500 }, () => createCorrelationIds().next());
  expect(new Set(all).size).toBe(500);
  for (const id of all) expect(id).toMatch(/^w7-[a-z][a-z0-9]{7}-1$/);
});

test('the name of the header does not contain the prefix', () => {
  expect(correlationHeader.toLowerCase()).not.toContain('w7-');
});

test.each(['', 'UPPER', 'a-b', 'x'.repeat(17)])('%j is no run id', (runId) => {
  expect(() => createCorrelationIds(runId)).toThrow(RangeError);
});
