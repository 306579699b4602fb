import { expect, test } from 'vitest';
import { exclusionId } from '../../src/exclude/exclusion-id.js';
import { withoutRules, withoutVariable, withSetting } from './exclusions.js';

const one = withoutVariable('ARGS:a', [1]);

test('an exclusion has the same id whatever rules it is for', () => {
  expect(exclusionId(withoutVariable('ARGS:a', [2, 3]))).toBe(exclusionId(one));
  expect(exclusionId(withoutRules([7]))).toBe(exclusionId(withoutRules([8])));
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
  expect(new Set([one, ...others].map(exclusionId)).size).toBe(others.length + 1);
});

test('ids stay what they are from version to version: saved reports hold them', () => {
  expect(exclusionId(one)).toBe('2ffef884b7');
});
