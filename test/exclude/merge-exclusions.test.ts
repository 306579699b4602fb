import { expect, it } from 'vitest';
import { mergeExclusions } from '../../src/exclude/merge-exclusions.js';
import type { Exclusion } from '../../src/model/exclusion.js';

function exclusion(id: string, ...ruleIds: number[]): Exclusion {
  return { id, findings: [], effect: 'remove-rule', ruleIds, scope: { method: 'GET', path: '/a' } };
}

it('makes exclusions of one place one, with the rules of all', () => {
  expect(mergeExclusions([exclusion('a', 3, 1), exclusion('b', 1), exclusion('a', 2, 3)])).toEqual([
    exclusion('a', 1, 2, 3),
    exclusion('b', 1),
  ]);
});
