import { expect, test } from 'vitest';
import { singleRecords } from '../../src/evidence/single-records.js';
import { record } from './audit-line.js';

const { merge, completeness, gapIn } = singleRecords();
const passed = record('x');
const wouldBlock = record('x', 'would-block');
const blocked = record('x', 'blocked');

test('a record is all that its log says of a request', () => {
  expect(merge(undefined, passed)).toBe(passed);
  expect(completeness(passed)).toBe('whole');
  expect(gapIn(passed)).toBeUndefined();
});

test('of two records of one request the graver counts, and of equal ones the first', () => {
  expect(merge(passed, wouldBlock)).toBe(wouldBlock);
  expect(merge(wouldBlock, blocked)).toBe(blocked);
  expect(merge(blocked, passed)).toBe(blocked);
  expect(merge(passed, record('x'))).toBe(passed);
  expect(merge(blocked, record('x', 'blocked'))).toBe(blocked);
});
