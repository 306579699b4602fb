import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  elementsOf,
  familyOf,
  includesVariable,
  isFamily,
  largestIndex,
} from '../../../src/waf/modsecurity/array-names.js';

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
    expect(isFamily(familyOf(arg('array_0')))).toBe(false);
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
