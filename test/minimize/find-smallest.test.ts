import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSmallest } from '../../src/minimize/find-smallest.js';
import { minimizeRequest, type RequestPart } from '../../src/minimize/minimize-request.js';

const text = 'We compared the talk of UNION ALL SELECT with the noise of 3 other teams, and then some more.';

/** A request of one text, and what is left of it. */
const search = () =>
  minimizeRequest([{ value: text, isText: true }], { guesses: [], suspects: [0], matchIn: () => undefined });
const textLeft = ({ kept, shortened }: RequestPart) => shortened?.excerpt.value ?? (kept.length > 0 ? text : '');

/** An oracle that counts what it is asked. */
function counting(fires: (value: string) => boolean) {
  const asked: string[] = [];
  const oracle = async (part: RequestPart) => {
    const value = textLeft(part);
    asked.push(value);
    return fires(value);
  };
  return { asked, oracle };
}

const matches = (value: string) => /union.*select/i.test(value);

describe('a search against an oracle', () => {
  it('asks nothing twice but what it has found, and what was refused last', async () => {
    const { asked, oracle } = counting(matches);
    const found = await findSmallest(search(), { oracle, keyOf: textLeft });
    expect(found).toMatchObject({
      kind: 'found',
      smallest: { shortened: { excerpt: { value: 'UNION SELECT' } } },
      isComplete: true,
    });
    expect(found.probes).toBe(asked.length);
    expect(new Set(asked).size).toBe(asked.length - 2);
    expect(asked.at(-2)).toBe('UNION SELECT');
  });

  it('never asks more than it may, and then has the smallest so far', async () => {
    const whole = await findSmallest(search(), { oracle: counting(matches).oracle, keyOf: textLeft });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 3, max: 30 }), async (maxProbes) => {
        const { asked, oracle } = counting(matches);
        const found = await findSmallest(search(), { oracle, keyOf: textLeft, maxProbes });
        expect(asked.length).toBeLessThanOrEqual(maxProbes);
        if (found.kind !== 'found') throw new Error(found.reason);
        expect(matches(textLeft(found.smallest))).toBe(true);
        expect(found.isComplete).toBe(maxProbes >= whole.probes);
      }),
    );
  });

  it('gives up where the rule does not fire on the whole', async () => {
    const { asked, oracle } = counting(() => false);
    const found = await findSmallest(search(), { oracle, keyOf: textLeft });
    expect(found).toEqual({ kind: 'given-up', reason: 'not-reproduced', probes: 1 });
    expect(asked).toEqual([text]);
  });

  it('gives up where the answer changes', async () => {
    const seen = new Set<string>();
    const { oracle } = counting((value) => {
      const isNew = !seen.has(value);
      seen.add(value);
      return isNew && matches(value);
    });
    expect(await findSmallest(search(), { oracle, keyOf: textLeft })).toMatchObject({
      kind: 'given-up',
      reason: 'flaky',
    });
  });

  it('gives up where everything fires all of a sudden, as behind a server that has had enough', async () => {
    let left = 8;
    const { oracle } = counting((value) => --left < 0 || matches(value));
    expect(await findSmallest(search(), { oracle, keyOf: textLeft })).toMatchObject({
      kind: 'given-up',
      reason: 'flaky',
    });
  });

  it('leaves the last word to whom it is told', async () => {
    const { asked, oracle } = counting(matches);
    const last = counting((value) => value === 'UNION SELECT');
    const found = await findSmallest(search(), { oracle, keyOf: textLeft, confirm: last.oracle });
    expect(found.kind).toBe('found');
    expect(last.asked).toEqual(['UNION SELECT']);
    expect(new Set(asked).size).toBe(asked.length);
    expect(found.probes).toBe(asked.length + 1);
  });

  it('has what the search ends with, where that was no question', async () => {
    const number = minimizeRequest([{ value: '-1', isText: false }], {
      guesses: [[0]],
      suspects: [0],
      matchIn: () => undefined,
    });
    const found = await findSmallest(number, { oracle: async () => true, keyOf: textLeft });
    expect(found).toMatchObject({ smallest: { kept: [0], shortened: { field: 0, excerpt: { value: '-1' } } } });
  });

  it('ends with the error of the oracle', async () => {
    const oracle = () => Promise.reject(new Error('server gone'));
    await expect(findSmallest(search(), { oracle, keyOf: textLeft })).rejects.toThrow('server gone');
  });
});
