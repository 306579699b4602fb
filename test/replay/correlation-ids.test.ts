import { expect, test } from 'vitest';
import { correlationHeader } from '../../src/model/correlation.js';
import { countedIds, createCorrelationIds } from '../../src/replay/correlation-ids.js';

test('ids are known beforehand where the run id is', () => {
  const ids = countedIds('k3x9');
  expect([ids.prefix, ids.next(), ids.next()]).toEqual(['w7-k3x9-', 'w7-k3x9-1', 'w7-k3x9-2']);
});

test('ids of two runs differ, and are lower-case letters, digits and single hyphens', () => {
  const all = Array.from({ length: 500 }, () => createCorrelationIds().next());
  expect(new Set(all).size).toBe(500);
  for (const id of all) expect(id).toMatch(/^w7-[a-z][a-z0-9]{7}-[bcdfghjkmnpqrstv]{32}$/);
});

test('the name of the header does not contain the prefix', () => {
  expect(correlationHeader.toLowerCase()).not.toContain('w7-');
});

test.each(['', 'UPPER', 'a-b', 'x'.repeat(17)])('%j is no run id', (runId) => {
  expect(() => countedIds(runId)).toThrow(RangeError);
});

test('of one run nobody can tell the next id from those that were seen, and no other is taken for one', () => {
  const ids = createCorrelationIds();
  const all = Array.from({ length: 500 }, (_, i) => ids.next(i % 2 === 0 ? '' : '-info'));
  expect(new Set(all.map((id) => id.slice(ids.prefix.length, ids.prefix.length + 8))).size).toBe(500);
  expect(all.every((id) => id.startsWith(ids.prefix) && id.length < 64 && ids.isOurs(id))).toBe(true);
  const [id = ''] = all;
  const next = id.endsWith('b') ? 'c' : 'b';
  const others = [
    `${ids.prefix}1`,
    ids.prefix,
    `${id.slice(0, -1)}${next}`,
    `${id}b`,
    createCorrelationIds().next(),
    '',
  ];
  expect(others.filter((other) => ids.isOurs(other))).toEqual([]);
});
