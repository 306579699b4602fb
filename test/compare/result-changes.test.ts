import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resultChanges } from '../../src/compare/result-changes.js';
import type { CaseResult } from '../../src/model/report.js';
import { result } from '../report/sample-report.js';

const outcome = fc.record({ asExpected: fc.boolean(), score: fc.constantFrom(0, 5) });
const results = fc
  .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), outcome), { selector: ([id]) => id })
  .map((list) =>
    list.map(([id, { asExpected, score }]) => result({ id, asExpected, score: { inbound: score, threshold: 5 } })),
  );

test('a case is in one list at most, and in none if it came out as before', () => {
  fc.assert(
    fc.property(results, results, (before, after) => {
      const { broken, mended, other, added, removed } = resultChanges(before, after);
      const lists = [broken, mended, other.map((pair) => pair.after), added, removed];
      const told = lists.flat().map(({ id }) => id);
      expect(new Set(told).size).toBe(told.length);
      expect(new Set(told)).toEqual(new Set(idsOf(before, after).filter((id) => differs(id, before, after))));
      expect(
        [...broken, ...mended].every(({ id, asExpected }) => mended.some((one) => one.id === id) === asExpected),
      ).toBe(true);
    }),
  );
});

function idsOf(before: readonly CaseResult[], after: readonly CaseResult[]): readonly string[] {
  return [...before, ...after].map(({ id }) => id);
}

function differs(id: string, before: readonly CaseResult[], after: readonly CaseResult[]): boolean {
  const [one, other] = [before, after].map((list) => list.find((result) => result.id === id));
  return one?.asExpected !== other?.asExpected || one?.score?.inbound !== other?.score?.inbound;
}
