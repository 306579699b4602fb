import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundsOf } from '../../../../src/waf/modsecurity/audit/rounds.js';

const sameTens = (one: number, other: number) => Math.floor(one / 10) === Math.floor(other / 10);

describe('rounds', () => {
  it('are as few as the item that touches most others needs', () => {
    expect(roundsOf([1, 2, 11, 21, 12, 3], sameTens)).toEqual([[1, 11, 21], [2, 12], [3]]);
  });

  it('have every item once, and none that touches another', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat({ max: 99 })), (items) => {
        const rounds = roundsOf(items, sameTens);
        expect(rounds.flat().toSorted()).toEqual(items.toSorted());
        for (const round of rounds) expect(new Set(round.map((one) => Math.floor(one / 10))).size).toBe(round.length);
      }),
    );
  });
});
