import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeJson, scriptJson } from '../../src/util/safe-json.js';

const hostile = '</script><!-- ]]> & \u2028\u2029 \u0000\u001b\u009b \u202e \ufeff \ud800 \u{e0041} é 東';

test('JSON reads back as the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      expect(JSON.parse(safeJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      expect(JSON.parse(scriptJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
  expect(JSON.parse(safeJson(hostile))).toBe(hostile);
  expect(JSON.parse(scriptJson(hostile))).toBe(hostile);
});

test('nothing invisible stands in it as it is, and letters do', () => {
  expect(safeJson(hostile)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  expect(safeJson(hostile)).toContain('é 東');
});

test('nothing in a script can end the element or open a comment', () => {
  expect(scriptJson({ [hostile]: hostile })).not.toMatch(/[<>&]/);
});
