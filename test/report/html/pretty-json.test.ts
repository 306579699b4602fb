import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonValue } from '../../../src/model/request.js';
import { prettyJson } from '../../../src/report/html/pretty-json.js';

test('any value is written as JSON.stringify indents it, and every leaf is where it says', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      const { text, leaves } = prettyJson(value as JsonValue);
      expect(text).toBe(JSON.stringify(value, null, 2));
      for (const { value: leaf } of leaves) {
        const written = leaf.quoted ? JSON.stringify(leaf.text).slice(1, -1) : leaf.text;
        expect(text.slice(leaf.start, leaf.start + written.length)).toBe(written);
      }
    }),
  );
});

test('deep values do not become wide', () => {
  let value: JsonValue = 1;
  for (let depth = 0; depth < 500; depth++) value = [value];
  expect(prettyJson(value).text.length).toBeLessThan(100_000);
});
