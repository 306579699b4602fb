import { describe, expect, test } from 'vitest';
import { type Choice, chooseExclusions, type FalsePositive } from '../../src/exclude/choose-exclusions.js';
import type { RuleHit, RuleId } from '../../src/model/evidence.js';
import type { Exclusion } from '../../src/model/exclusion.js';
import { endpoint, hitOf, inWords, variable, withoutRules, withoutVariable, withSetting } from './exclusions.js';

/** How many attacks pass when a rule does not see a place. */
type Prices = Readonly<Record<string, Readonly<Record<number, number>>>>;

function choose(
  exclusions: readonly Exclusion[],
  cases: readonly FalsePositive[],
  allowed: number,
  prices: Prices = {},
) {
  const cost = ({ id }: Exclusion, ruleIds: readonly RuleId[]) =>
    ruleIds.reduce<number>((sum, ruleId) => sum + (prices[id]?.[Number(ruleId)] ?? 0), 0);
  return chooseExclusions(exclusions, cases, { passes: upTo(allowed), cost });
}

/** A request passes as long as its hits score no more than that. */
function upTo(allowed: number) {
  return (hits: readonly RuleHit[]) => hits.reduce((sum, { scoring = 0 }) => sum + scoring, 0) <= allowed;
}

const words = ({ exclusions }: Choice) => exclusions.map(inWords);

/** A case, and the exclusions that act on it. */
function scored(hits: readonly RuleHit[], ...acting: readonly Exclusion[]): FalsePositive {
  return { hits, exclusions: new Set(acting.map(({ id }) => id)) };
}

const worth = (scoring: number) => ({ scoring });

describe('an exclusion of which no rule is left', () => {
  const title = withoutVariable('ARGS:title', [1]);
  const text = withoutVariable('ARGS:text', [2]);

  test('is not among those that are chosen', () => {
    const hits = [hitOf(1, 'ARGS:title', worth(3)), hitOf(2, 'ARGS:text', worth(3))];
    const choice = choose([title, text], [scored(hits, title, text)], 3, { 'ARGS:title': { 1: 9 } });
    expect(words(choice)).toEqual(['2 without ARGS:text at POST /a']);
    expect(choice.left).toEqual([{ ruleId: 1, variable: variable('ARGS:title'), scope: endpoint, spares: 9 }]);
  });

  test('leaves nothing to choose where all hits may stay', () => {
    const hits = [hitOf(1, 'ARGS:title', worth(2)), hitOf(2, 'ARGS:text', worth(2))];
    const choice = choose([title, text], [scored(hits, title, text)], 4);
    expect(choice.exclusions).toEqual([]);
    expect(choice.left.map(({ ruleId }) => ruleId)).toEqual([1, 2]);
  });
});

describe('what is left in force', () => {
  test('is what spares most, then the smallest rule, then the exclusion of the smallest id', () => {
    const [a, b] = [withoutVariable('ARGS:a', [3, 2]), withoutVariable('ARGS:b', [2, 1])];
    const prices = { 'ARGS:a': { 3: 5 } };
    const point = worth(1);
    const hits = [
      hitOf(2, 'ARGS:a', point),
      hitOf(3, 'ARGS:a', point),
      hitOf(1, 'ARGS:b', point),
      hitOf(2, 'ARGS:b', point),
    ];
    const left = (allowed: number, ...order: readonly Exclusion[]) =>
      choose(order, [scored(hits, a, b)], allowed, prices).left.map((one) => `${one.ruleId} ${one.variable.key}`);
    expect(left(4, a, b)).toEqual(['3 a', '1 b', '2 a', '2 b']);
    expect(left(4, b, a)).toEqual(['3 a', '1 b', '2 a', '2 b']);
    expect(left(3, b, a)).toEqual(['3 a', '1 b', '2 a']);
    expect(left(1, b, a)).toEqual(['3 a']);
    expect(left(0, a, b)).toEqual([]);
  });

  test('counts what it saves with what is excluded beside it', () => {
    const both = withoutVariable('ARGS:q', [1, 2]);
    const hits = [hitOf(1, 'ARGS:q', worth(3)), hitOf(2, 'ARGS:q', worth(3))];
    // Attacks that both rules find are let through where both are silent, and by neither alone.
    const cost = (_: Exclusion, ruleIds: readonly RuleId[]) => [0, 1, 40][ruleIds.length] ?? 0;
    const { left } = chooseExclusions([both], [scored(hits, both)], { passes: upTo(6), cost });
    expect(left.map(({ spares }) => spares)).toEqual([39, 1]);
  });

  test('is every variable where the rule is removed as a whole', () => {
    const rules = withoutRules([7]);
    const { left } = choose([rules], [scored([hitOf(7, 'ARGS:q', worth(5))], rules)], 5);
    expect(left).toEqual([{ ruleId: 7, variable: { collection: 'every variable' }, scope: endpoint, spares: 0 }]);
  });
});

describe('the score that a case keeps', () => {
  test('is heeded of cases only on which the exclusion acts', () => {
    const here = withoutVariable('ARGS:q', [1]);
    const elsewhere = scored([hitOf(1, 'ARGS:q', worth(50))]);
    expect(words(choose([here], [scored([hitOf(1, 'ARGS:q', worth(2))], here), elsewhere], 2))).toEqual([]);
  });

  test('counts hits that no exclusion takes away, and not those that score nothing', () => {
    const text = withoutVariable('ARGS:text', [1]);
    const others = [hitOf(1, 'ARGS:title', worth(2)), hitOf(3, 'ARGS:text', worth(1)), hitOf(4, 'ARGS:text')];
    const hits = [hitOf(1, 'ARGS:text', worth(2)), ...others];
    expect(words(choose([text], [scored(hits, text)], 4))).toEqual(['1 without ARGS:text at POST /a']);
    expect(words(choose([text], [scored(hits, text)], 5))).toEqual([]);
  });

  test('is not lowered by what acts elsewhere', () => {
    const here = withoutVariable('ARGS:q', [1]);
    const there = withoutVariable('ARGS:q', [2], { id: 'there', scope: { method: 'POST', path: '/b' } });
    const hits = [hitOf(1, 'ARGS:q', worth(3)), hitOf(2, 'ARGS:q', worth(3))];
    const cases = [scored(hits, here), scored([hitOf(2, 'ARGS:q', worth(9))], there)];
    expect(words(choose([here, there], cases, 5))).toEqual([
      '1 without ARGS:q at POST /a',
      '2 without ARGS:q at POST /b',
    ]);
    expect(words(choose([here, there], cases, 6))).toEqual(['2 without ARGS:q at POST /b']);
  });
});

describe('a hit is taken away', () => {
  const points = worth(5);

  test('by what is wider than its variable: the rule, or a setting that it compares with', () => {
    for (const wide of [withoutRules([7]), withSetting('allowed_methods', 'GET PUT', [7])]) {
      const other = withoutVariable('ARGS:other', [8]);
      const hits = [hitOf(7, 'REQUEST_METHOD', points), hitOf(8, 'ARGS:other', points)];
      expect(words(choose([wide, other], [scored(hits, wide, other)], 5))).toEqual(['8 without ARGS:other at POST /a']);
    }
  });

  test('by the exclusion for all elements of an array', () => {
    const array = withoutVariable('ARGS:json.items.array_*.text', [1, 2]);
    const hits = [0, 4].map((index) => hitOf(1, `ARGS:json.items.array_${index}.text`, points));
    const [kept] = choose(
      [array],
      [scored([...hits, hitOf(2, 'ARGS:json.items.array_0.text', points)], array)],
      5,
    ).exclusions;
    expect(kept && inWords(kept)).toBe('1 without ARGS:json.items.array_*.text at POST /a');
  });

  test('by any exclusion of its rule where none names its variable, as behind a chain', () => {
    const [behind, other] = [withoutVariable('TX:1', [7]), withoutVariable('ARGS:q', [8])];
    const blocked = scored([hitOf(7, 'ARGS:q', points), hitOf(8, 'ARGS:q', worth(4))], behind, other);
    expect(words(choose([behind, other], [blocked], 4))).toEqual(['7 without TX:1 at POST /a']);
    expect(words(choose([behind, other], [blocked], 3))).toEqual([
      '7 without TX:1 at POST /a',
      '8 without ARGS:q at POST /a',
    ]);
  });

  test('by the exclusion that names its variable, and by no other of its rule', () => {
    const [named, other] = [withoutVariable('ARGS:q', [7]), withoutVariable('ARGS:r', [7])];
    const hits = [hitOf(7, 'ARGS:q', points), hitOf(7, 'ARGS:r', worth(1))];
    const prices = { 'ARGS:q': { 7: 9 } };
    expect(words(choose([named, other], [scored(hits, named, other)], 4, prices))).toEqual([
      '7 without ARGS:q at POST /a',
    ]);
    expect(words(choose([named, other], [scored(hits, named, other)], 5, prices))).toEqual([
      '7 without ARGS:r at POST /a',
    ]);
  });

  test('not by an exclusion of its variable from other rules', () => {
    const [named, behind] = [withoutVariable('ARGS:q', [8]), withoutVariable('TX:1', [7])];
    const hits = [hitOf(7, 'ARGS:q', points), hitOf(8, 'ARGS:q', points)];
    expect(words(choose([named, behind], [scored(hits, named, behind)], 5, { 'TX:1': { 7: 9 } }))).toEqual([
      '8 without ARGS:q at POST /a',
    ]);
  });
});
