import { expect, test } from 'vitest';
import { exclusionId } from '../../src/exclude/exclusion-id.js';
import type { Exclusion } from '../../src/model/exclusion.js';
import { withoutRules, withoutVariable, withSetting } from './exclusions.js';

const idOf = (exclusion: Exclusion) => exclusionId(exclusion, exclusion.scope);
const one = withoutVariable('ARGS:a', [1]);

test('an exclusion has the same id whatever rules it is for', () => {
  expect(idOf(withoutVariable('ARGS:a', [2, 3]))).toBe(idOf(one));
  expect(idOf(withoutRules([7]))).toBe(idOf(withoutRules([8])));
});

test('another change, or another place, has another id', () => {
  const others = [
    withoutVariable('ARGS:b', [1]),
    withoutVariable('ARGS', [1]),
    withoutVariable('ARGS:a', [1], { scope: { method: 'PUT', path: '/a' } }),
    withoutVariable('ARGS:a', [1], { scope: { path: '/a' } }),
    withoutRules([1]),
    withSetting('allowed_methods', 'GET', [1]),
    withSetting('allowed_methods', 'GET PUT', [1]),
    withSetting('max_num_args', 'GET', [1]),
  ];
  expect(new Set([one, ...others].map(idOf)).size).toBe(others.length + 1);
});

test('ids stay what they are from version to version: saved reports hold them', () => {
  expect(idOf(one)).toBe('2ffef884b7');
});
