import { expect, test } from 'vitest';
import { isGuard, withoutIdleGuards } from '../../src/exclude/guards.js';
import type { Exclusion } from '../../src/model/exclusion.js';
import { endpoint, withSetting } from './exclusions.js';

const guard: Exclusion = {
  ...{ id: 'guard', findings: [], ruleIds: [1], scope: endpoint },
  ...{ effect: 'read-body-as', reading: 'form', guards: true },
};

test('a guard stays with what it guards: an exclusion for the same rule in the same scope', () => {
  const guarded = withSetting('types', 'a b', [1, 2]);
  expect(isGuard(guard)).toBe(true);
  expect(isGuard(guarded)).toBe(false);
  expect(withoutIdleGuards([guard, guarded])).toEqual([guard, guarded]);
  expect(withoutIdleGuards([guard, { ...guarded, ruleIds: [2] }])).toEqual([{ ...guarded, ruleIds: [2] }]);
  expect(withoutIdleGuards([guard, { ...guarded, scope: { path: '/a' } }])).toHaveLength(1);
  expect(withoutIdleGuards([guard])).toEqual([]);
});
