import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dropNeedless, findRun } from '../../src/minimize/shrink.js';
import { ask } from './ask.js';

const size = fc.integer({ min: 1, max: 200 });

function items(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i);
}

/** A list, and some of it that is needed. */
const needing = size.chain((count) =>
  fc.record({
    list: fc.constant(items(count)),
    needed: fc.uniqueArray(fc.nat({ max: count - 1 }), { maxLength: 6 }).map((some) => some.toSorted((a, b) => a - b)),
  }),
);

describe('a run that suffices', () => {
  it('is the one from the first to the last that is needed', () => {
    fc.assert(
      fc.property(needing, ({ list, needed }) => {
        fc.pre(needed.length > 0);
        const { result, asked } = ask(findRun(list), (tried) => needed.every((one) => tried.includes(one)));
        expect(new Set([list, ...asked].map(String)).size, 'nothing is asked twice').toBe(asked.length + 1);
        expect([result[0], result.at(-1)]).toEqual([needed[0], needed.at(-1)]);
        expect(result).toHaveLength((needed.at(-1) ?? 0) - (needed[0] ?? 0) + 1);
      }),
    );
  });

  it('is found with few questions where it is short', () => {
    const { result, asked } = ask(findRun(items(1000)), (tried) => tried.includes(700) && tried.includes(702));
    expect(result).toEqual([700, 701, 702]);
    expect(asked.length).toBeLessThanOrEqual(13);
  });
});

describe('leaving out', () => {
  it('leaves what is needed, and nothing else', () => {
    fc.assert(
      fc.property(needing, ({ list, needed }) => {
        const { result } = ask(dropNeedless(list), (tried) => needed.every((one) => tried.includes(one)));
        expect(result).toEqual(needed);
      }),
    );
  });

  it('ends where no single item can be left out, whatever the answers depend on', () => {
    fc.assert(
      fc.property(size, fc.nat(), (count, seed) => {
        const list = items(count);
        const fires = (tried: readonly number[]) =>
          tried.length === count || tried.reduce((sum, item) => (sum * 31 + item) % 1009, seed) % 3 > 0;
        const { result } = ask(dropNeedless(list), fires);
        expect(fires(result)).toBe(true);
        for (const left of result) expect(fires(result.filter((item) => item !== left))).toBe(false);
      }),
    );
  });

  it('asks once an item where all are needed', () => {
    expect(ask(dropNeedless(items(7)), (tried) => tried.length === 7).asked).toHaveLength(7);
  });

  it('leaves out many at a time', () => {
    const { result, asked } = ask(dropNeedless(items(1000)), (tried) => tried.includes(0) && tried.includes(999));
    expect(result).toEqual([0, 999]);
    expect(asked.length).toBeLessThanOrEqual(40);
  });
});
