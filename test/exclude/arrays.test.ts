import { describe, expect, test } from 'vitest';
import { generaliseArrays } from '../../src/exclude/generalise.js';
import { hitOf, inWords, ladderInWords, withoutRules, withoutVariable } from './exclusions.js';
import { search, subject } from './searching.js';

const element = (index: number, field: string) => `ARGS:json.items.array_${index}.${field}`;

describe('the exclusion for all elements of an array', () => {
  test('has the rules of each, in their order', () => {
    const some = [withoutVariable(element(0, 'text'), [30, 4]), withoutVariable(element(2, 'text'), [100, 4])];
    const [merged, ...others] = generaliseArrays(some);
    expect(merged && inWords(merged)).toBe('4, 30, 100 without ARGS:json.items.array_*.text at POST /a');
    expect(others).toEqual([]);
  });

  test('has the forms that were considered for each', () => {
    const hits = [hitOf(7, element(0, 'text')), hitOf(7, element(1, 'text'))];
    const { exclusions } = search([{ ...subject('s', ...hits), json: true }], () => []);
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

  test('has the same id whichever elements were seen, and another one than that of another array', () => {
    const idOf = (field: string, ...indices: readonly number[]) =>
      generaliseArrays(indices.map((index) => withoutVariable(element(index, field), [7]))).map(({ id }) => id);
    expect(idOf('text', 0, 1)).toHaveLength(1);
    expect(idOf('text', 2, 5)).toEqual(idOf('text', 0, 1));
    expect(idOf('title', 0, 1)).not.toEqual(idOf('text', 0, 1));
  });

  test('has no forms where none were considered', () => {
    const some = [0, 1].map((index) => withoutVariable(element(index, 'text'), [7]));
    expect(generaliseArrays(some)).toMatchObject([{ ladder: [] }]);
  });

  test('may have as many elements as a reader can check, and no more', () => {
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

  test('stays as it is, whatever number of elements the user names', () => {
    expect(generaliseArrays(others, 10).map(inWords).toSorted()).toEqual(others.map(inWords).toSorted());
  });

  test('is in the order of its ids, whatever order it had', () => {
    const ids = (some: readonly (typeof others)[number][]) => generaliseArrays(some).map(({ id }) => id);
    expect(ids(others)).toEqual(['a', 'b', 'c']);
    expect(ids(others.toReversed())).toEqual(['a', 'b', 'c']);
  });
});
