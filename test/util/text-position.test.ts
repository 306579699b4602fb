import fc from 'fast-check';
import { expect, test } from 'vitest';
import { positionsIn } from '../../src/util/text-position.js';

test('lines end in LF, CRLF or CR', () => {
  const text = 'ab\nc\r\nd\re';
  const positionOf = positionsIn(text);
  const positions = [0, 1, 3, 6, 8, 9].map(positionOf).map(({ line, column }) => `${line}:${column}`);
  expect(positions).toEqual(['1:1', '1:2', '2:1', '3:1', '4:1', '4:2']);
});

test('agrees with counting', () => {
  const text = fc.array(fc.constantFrom('a', '\n', 'bc'), { maxLength: 50 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, fc.nat(100), (given, at) => {
      const offset = Math.min(at, given.length);
      const before = given.slice(0, offset).split('\n');
      expect(positionsIn(given)(offset)).toEqual({ line: before.length, column: (before.at(-1)?.length ?? 0) + 1 });
    }),
  );
});
