import { describe, expect, it } from 'vitest';
import type { Exclusion } from '../../../../src/model/exclusion.js';
import { generaliseArrays } from '../../../../src/waf/modsecurity/prover/generalise-arrays.js';
import { type Removal, variableOf } from '../../../exclude/exclusions.js';

const scope = { method: 'POST', path: '/a' };

function exclusion(key: string, ruleIds: readonly number[] = [1], more: Partial<Removal> = {}): Exclusion {
  const variable = { collection: 'ARGS', key };
  return { id: key, findings: [], effect: 'remove-target', ruleIds, variable, scope, json: true, ...more };
}

describe('exclusions for elements of an array', () => {
  it('become one where two elements prove that it is an array, for all up to the last that was seen', () => {
    const merged = generaliseArrays([exclusion('json.a.array_0.b', [1]), exclusion('json.a.array_3.b', [2])]);
    expect(merged).toMatchObject([{ variable: { key: 'json.a.array_*.b' }, elements: 4, ruleIds: [1, 2], json: true }]);
  });

  it('stay as they are where one element only was seen', () => {
    const alone = [exclusion('json.a.array_0.b')];
    expect(generaliseArrays(alone)).toEqual(alone);
  });

  it('are good for as many elements as the user says', () => {
    expect(generaliseArrays([exclusion('json.a.array_1')], 5)).toMatchObject([{ elements: 5 }]);
    expect(generaliseArrays([exclusion('json.a.array_7')], 5)).toMatchObject([{ elements: 8 }]);
  });

  it('do not mix endpoints, or fields of elements', () => {
    const apart = [
      exclusion('json.a.array_0.b'),
      exclusion('json.a.array_1.c'),
      exclusion('json.a.array_1.b', [1], { scope: { ...scope, path: '/b' } }),
    ];
    expect(generaliseArrays(apart).map((one) => variableOf(one)?.key)).toHaveLength(3);
    expect(generaliseArrays(apart).some((one) => 'elements' in one)).toBe(false);
  });

  it('stay single where so many elements would need more rules than a reader can check', () => {
    const far = [exclusion('json.a.array_0'), exclusion('json.a.array_5000000')];
    expect(generaliseArrays(far)).toHaveLength(2);
    expect(generaliseArrays([exclusion('json.a.array_0.array_0.array_0')], 50)).toHaveLength(1);
    expect(generaliseArrays([exclusion('json.a.array_0.array_0.array_0')], 50)[0]).not.toHaveProperty('elements');
  });

  it('leave names of forms alone that only look like elements', () => {
    const form = [exclusion('a.array_0'), exclusion('a.array_1')];
    expect(generaliseArrays(form)).toHaveLength(2);
  });

  it('have the forms that were considered for each, where any were', () => {
    const rung = (key: string) =>
      ({
        effect: 'remove-target',
        ruleIds: [1],
        variables: [{ collection: 'ARGS', key }],
        scope,
        outcome: 'chosen',
      }) as const;
    const keys = ['json.a.array_0', 'json.a.array_1'];
    const [merged] = generaliseArrays(keys.map((key) => ({ ...exclusion(key), ladder: [rung(key)] })));
    expect(merged?.ladder?.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))).toEqual(
      keys.map(rung),
    );
    expect(generaliseArrays(keys.map((key) => exclusion(key)))).toMatchObject([{ ladder: [] }]);
  });

  it('have the rules of each, in order and each once', () => {
    const some = [exclusion('json.a.array_0', [30, 4]), exclusion('json.a.array_2', [100, 4])];
    expect(generaliseArrays(some)).toMatchObject([{ ruleIds: [4, 30, 100] }]);
  });

  it('have the same id whichever elements were seen, and another one than those of another array', () => {
    const idsOf = (field: string, ...indices: readonly number[]) =>
      generaliseArrays(indices.map((index) => exclusion(`json.items.array_${index}.${field}`))).map(({ id }) => id);
    expect(idsOf('text', 0, 1)).toHaveLength(1);
    expect(idsOf('text', 2, 5)).toEqual(idsOf('text', 0, 1));
    expect(idsOf('title', 0, 1)).not.toEqual(idsOf('text', 0, 1));
  });

  it('may be as many as a reader can check, and no more', () => {
    expect(generaliseArrays([exclusion('json.a.array_0')], 200)).toMatchObject([{ elements: 200 }]);
    expect(generaliseArrays([exclusion('json.a.array_0')], 201)[0]).not.toHaveProperty('elements');
  });
});

it('leaves what is no element as it is, in the order of ids', () => {
  const others = ['c', 'a', 'b'].map((id) => exclusion('q', [7], { id, scope: { path: `/${id}` } }));
  const sorted = others.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  expect(generaliseArrays(others, 10)).toEqual(sorted);
  expect(generaliseArrays(others.toReversed())).toEqual(sorted);
});
