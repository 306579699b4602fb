import { describe, expect, it } from 'vitest';
import type { Exclusion } from '../../../../src/model/exclusion.js';
import { generaliseArrays } from '../../../../src/waf/modsecurity/prover/generalise-arrays.js';
import {
  hitOf,
  inWords,
  ladderInWords,
  type Removal,
  variableOf,
  withoutRules,
  withoutVariable,
} from '../../../exclude/exclusions.js';
import { request, search, subject } from '../../../exclude/searching.js';

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

const element = (index: number, field: string) => `ARGS:json.items.array_${index}.${field}`;

describe('the exclusion for all elements of an array', () => {
  it('has the rules of each, in their order', () => {
    const some = [withoutVariable(element(0, 'text'), [30, 4]), withoutVariable(element(2, 'text'), [100, 4])];
    const [merged, ...others] = generaliseArrays(some);
    expect(merged && inWords(merged)).toBe('4, 30, 100 without ARGS:json.items.array_*.text at POST /a');
    expect(others).toEqual([]);
  });

  it('has the forms that were considered for each', () => {
    const hits = [hitOf(7, element(0, 'text')), hitOf(7, element(1, 'text'))];
    const body = { kind: 'json', value: { items: [{ text: 'a' }, { text: 'b' }] } } as const;
    const { exclusions } = search([{ ...subject('s', ...hits), request: { ...request, body } }], () => []);
    const [merged] = generaliseArrays(exclusions);
    expect(
      merged &&
        ladderInWords(merged)
          .filter((rung) => rung.startsWith('chosen'))
          .toSorted(),
    ).toEqual([
      `chosen: 7 without ${element(0, 'text')} at POST /a`,
      `chosen: 7 without ${element(1, 'text')} at POST /a`,
    ]);
    expect(merged).toMatchObject({ effect: 'remove-target', json: true, elements: 2 });
  });

  it('has the same id whichever elements were seen, and another one than that of another array', () => {
    const idOf = (field: string, ...indices: readonly number[]) =>
      generaliseArrays(indices.map((index) => withoutVariable(element(index, field), [7]))).map(({ id }) => id);
    expect(idOf('text', 0, 1)).toHaveLength(1);
    expect(idOf('text', 2, 5)).toEqual(idOf('text', 0, 1));
    expect(idOf('title', 0, 1)).not.toEqual(idOf('text', 0, 1));
  });

  it('has no forms where none were considered', () => {
    const some = [0, 1].map((index) => withoutVariable(element(index, 'text'), [7]));
    expect(generaliseArrays(some)).toMatchObject([{ ladder: [] }]);
  });

  it('may have as many elements as a reader can check, and no more', () => {
    expect(generaliseArrays([withoutVariable(element(0, 'text'), [7])], 200)).toMatchObject([{ elements: 200 }]);
    expect(generaliseArrays([withoutVariable(element(0, 'text'), [7])], 201)[0]).not.toHaveProperty('elements');
  });
});

describe('what is no element of an array', () => {
  const others = [
    withoutVariable('ARGS:q', [7], { id: 'c' }),
    withoutRules([7], { id: 'a' }),
    withoutVariable('REQUEST_HEADERS:Referer', [7], { id: 'b' }),
  ];

  it('stays as it is, whatever number of elements the user names', () => {
    expect(generaliseArrays(others, 10).map(inWords).toSorted()).toEqual(others.map(inWords).toSorted());
  });

  it('is in the order of its ids, whatever order it had', () => {
    const ids = (some: readonly (typeof others)[number][]) => generaliseArrays(some).map(({ id }) => id);
    expect(ids(others)).toEqual(['a', 'b', 'c']);
    expect(ids(others.toReversed())).toEqual(['a', 'b', 'c']);
  });
});
