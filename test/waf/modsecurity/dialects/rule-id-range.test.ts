import fc from 'fast-check';
import { expect, test } from 'vitest';
import { numberKeys } from '../../../../src/model/number-keys.js';
import { numberingOf } from '../../../../src/waf/modsecurity/dialects/rule-id-range.js';

function assignRuleIds(different: readonly string[], first: number): ReadonlyMap<string, number> {
  return numberKeys(different, numberingOf(different, first));
}

const keys = fc.uniqueArray(fc.string({ maxLength: 20 }), { maxLength: 300 });

test('no two keys have one number, and none has that of another rule', () => {
  fc.assert(
    fc.property(keys, fc.integer({ min: 1, max: 10_000_000 }), (different, first) => {
      const ids = [...assignRuleIds(different, first).values()];
      expect(new Set(ids).size).toBe(different.length);
      for (const id of ids) {
        expect(id).toBeGreaterThanOrEqual(first);
        expect(id < 200_000 || id > 200_999).toBe(true);
        expect(id < 900_000 || id > 999_999).toBe(true);
        expect(id < 9_000_000 || id > 9_099_999).toBe(true);
        expect(id < 9_900_000 || id > 9_900_099).toBe(true);
      }
    }),
  );
});

test('more keys than the usual range has numbers for', () => {
  const many = Array.from({ length: 6000 }, (_, i) => `/path/${i} POST`);
  expect(new Set(assignRuleIds(many, 10_000).values()).size).toBe(6000);
});

test('a number is the same in whatever order the keys come, and with most others beside it', () => {
  const some = Array.from({ length: 50 }, (_, i) => `/path/${i} POST`);
  const alone = assignRuleIds(['/path/7 POST'], 10_000).get('/path/7 POST');
  expect(assignRuleIds(some, 10_000).get('/path/7 POST')).toBe(alone);
  expect(assignRuleIds(some.toReversed(), 10_000)).toEqual(assignRuleIds(some, 10_000));
  expect(alone).toBeGreaterThanOrEqual(10_000);
  expect(alone).toBeLessThan(15_000);
});
