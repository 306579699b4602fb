import { describe, expect, it } from 'vitest';
import { generaliseArrays } from '../../src/exclude/generalise.js';
import type { Exclusion } from '../../src/model/exclusion.js';
import { modsecurityFieldNames } from '../../src/waf/modsecurity/field-names.js';

const scope = { method: 'POST', path: '/a' };

function exclusion(key: string, ruleIds: readonly number[] = [1], more: Partial<Exclusion> = {}): Exclusion {
  const variable = { collection: 'ARGS', key };
  return { id: key, findings: [], effect: 'remove-target', ruleIds, variable, scope, json: true, ...more };
}

function generalised(exclusions: readonly Exclusion[], elements?: number) {
  return generaliseArrays(exclusions, modsecurityFieldNames, elements);
}

describe('exclusions for elements of an array', () => {
  it('become one where two elements prove that it is an array, for all up to the last that was seen', () => {
    const merged = generalised([exclusion('json.a.array_0.b', [1]), exclusion('json.a.array_3.b', [2])]);
    expect(merged).toMatchObject([{ variable: { key: 'json.a.array_*.b' }, elements: 4, ruleIds: [1, 2], json: true }]);
  });

  it('stay as they are where one element only was seen', () => {
    const alone = [exclusion('json.a.array_0.b')];
    expect(generalised(alone)).toEqual(alone);
  });

  it('are good for as many elements as the user says', () => {
    expect(generalised([exclusion('json.a.array_1')], 5)).toMatchObject([{ elements: 5 }]);
    expect(generalised([exclusion('json.a.array_7')], 5)).toMatchObject([{ elements: 8 }]);
  });

  it('do not mix endpoints, or fields of elements', () => {
    const apart = [
      exclusion('json.a.array_0.b'),
      exclusion('json.a.array_1.c'),
      exclusion('json.a.array_1.b', [1], { scope: { ...scope, path: '/b' } }),
    ];
    expect(generalised(apart).map(({ variable }) => variable?.key)).toHaveLength(3);
    expect(generalised(apart).some(({ elements }) => elements !== undefined)).toBe(false);
  });

  it('stay single where so many elements would need more rules than a reader can check', () => {
    const far = [exclusion('json.a.array_0'), exclusion('json.a.array_5000000')];
    expect(generalised(far)).toHaveLength(2);
    expect(generalised([exclusion('json.a.array_0.array_0.array_0')], 50)).toHaveLength(1);
    expect(generalised([exclusion('json.a.array_0.array_0.array_0')], 50)[0]).not.toHaveProperty('elements');
  });

  it('leave names of forms alone that only look like elements', () => {
    const form = [exclusion('a.array_0'), exclusion('a.array_1')];
    expect(generalised(form)).toHaveLength(2);
  });
});
