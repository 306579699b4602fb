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
});
