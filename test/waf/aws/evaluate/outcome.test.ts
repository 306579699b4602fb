import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  and,
  doesNotMatch,
  match,
  not,
  notApplied,
  or,
  type StatementOutcome,
  unknown,
} from '../../../../src/waf/aws/evaluate/outcome.js';

const outcome = fc.constantFrom(match, doesNotMatch, notApplied, unknown('a', 'it is not told'));
const kind = ({ kind: name }: StatementOutcome) => name;

test('logic keeps to the laws of Kleene', () => {
  fc.assert(
    fc.property(outcome, outcome, outcome, (a, b, c) => {
      expect(kind(not(not(a)))).toBe(kind(a));
      expect(kind(and(a, b))).toBe(kind(and(b, a)));
      expect(kind(or(a, b))).toBe(kind(or(b, a)));
      expect(kind(and(a, and(b, c)))).toBe(kind(and(and(a, b), c)));
      expect(kind(not(and(a, b)))).toBe(kind(or(not(a), not(b))));
      expect(kind(and(a, a))).toBe(kind(a));
    }),
  );
});

test('what is unknown is decided only where the other part decides alone', () => {
  const open = unknown('a', 'it is not told');
  expect(kind(and(open, doesNotMatch))).toBe('no-match');
  expect(kind(and(open, match))).toBe('unknown');
  expect(kind(or(open, match))).toBe('match');
  expect(kind(or(open, doesNotMatch))).toBe('unknown');
  expect(kind(not(open))).toBe('unknown');
});

test('a rule that is not applied is so in any logic', () => {
  for (const other of [match, doesNotMatch, unknown('a', 'it is not told')]) {
    expect(kind(and(notApplied, other))).toBe('not-applied');
    expect(kind(or(notApplied, other))).toBe('not-applied');
  }
  expect(kind(not(notApplied))).toBe('not-applied');
});
