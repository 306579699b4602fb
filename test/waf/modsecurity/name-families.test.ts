import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  elementsOf,
  familyOf,
  includesVariable,
  isFamily,
  largestIndex,
} from '../../../src/waf/modsecurity/name-families.js';

const arg = (key: string) => ({ collection: 'ARGS', key });

describe('names of array elements', () => {
  it('stand for one another under a common name', () => {
    const family = familyOf(arg('json.items.array_12.note'));
    expect(family).toEqual(arg('json.items.array_*.note'));
    expect(includesVariable(family, arg('json.items.array_0.note'))).toBe(true);
    expect(includesVariable(family, arg('json.items.array_0.other'))).toBe(false);
    expect(includesVariable(arg('json.items.array_1.note'), arg('json.items.array_0.note'))).toBe(false);
  });

  it('are given for each array in a name', () => {
    expect(elementsOf(arg('json.a.array_*.b.array_*'), 2).map(({ key }) => key)).toEqual([
      'json.a.array_0.b.array_0',
      'json.a.array_0.b.array_1',
      'json.a.array_1.b.array_0',
      'json.a.array_1.b.array_1',
    ]);
  });

  it('are those of JSON only', () => {
    expect(familyOf(arg('array_0'))).toEqual(arg('array_{number}'));
    expect(familyOf({ collection: 'REQUEST_BODY' })).toEqual({ collection: 'REQUEST_BODY' });
    expect(largestIndex(arg('json.a'))).toBe(-1);
    expect(largestIndex(arg('json.a.array_3.array_11'))).toBe(11);
  });

  it('come back from their family', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(6), { minLength: 1, maxLength: 3 }), (indexes) => {
        const variable = arg(`json.x${indexes.map((index) => `.array_${index}`).join('')}`);
        expect(elementsOf(familyOf(variable), largestIndex(variable) + 1)).toContainEqual(variable);
      }),
    );
  });
});

describe('names with a generated part', () => {
  it('stand for one another under a template', () => {
    const family = familyOf(arg('custom[47][name]'));
    expect(family).toEqual(arg('custom[{number}][name]'));
    expect(isFamily(family)).toBe(true);
    expect(includesVariable(family, arg('custom[4800][name]'))).toBe(true);
    expect(includesVariable(family, arg('custom[x][name]'))).toBe(false);
    expect(includesVariable(family, { collection: 'FILES', key: 'custom[48][name]' })).toBe(false);
  });

  it('may be elements and members at once', () => {
    const family = familyOf(arg('json.rows.array_3.e81a5363-359d-4392-b851-9a30df9a7d7b'));
    expect(family).toEqual(arg('json.rows.array_*.{uuid}'));
    expect(includesVariable(family, arg('json.rows.array_0.0b1a5363-359d-4392-b851-9a30df9a7d7c'))).toBe(true);
    expect(elementsOf(family, 2).map(({ key }) => key)).toEqual([
      'json.rows.array_0.{uuid}',
      'json.rows.array_1.{uuid}',
    ]);
  });

  it('are those that an application gives to its fields', () => {
    for (const collection of ['ARGS', 'ARGS_NAMES', 'ARGS_POST', 'REQUEST_COOKIES', 'FILES'])
      expect(familyOf({ collection, key: 'item_3' })).toEqual({ collection, key: 'item_{number}' });
    for (const collection of ['REQUEST_HEADERS', 'TX', 'XML'])
      expect(familyOf({ collection, key: 'item_3' })).toEqual({ collection, key: 'item_3' });
  });
});
