import { describe, expect, test } from 'vitest';
import { fail, formatProblem, problem, WafproofError } from '../../src/model/error.js';
import { formatPlace } from '../../src/model/place.js';

describe('a problem', () => {
  test('has its code first, then the place, then what to do', () => {
    const place = { file: 'suites/login.yaml', line: 12, column: 5 };
    expect(
      formatProblem(problem('SUITE_UNKNOWN_KEY', { key: 'header', of: 'a case', suggestion: 'headers' }, place)),
    ).toBe('SUITE_UNKNOWN_KEY suites/login.yaml:12:5 "header" is not a key of a case; did you mean "headers"?');
  });

  test('may have no place', () => {
    expect(formatProblem(problem('SUITE_NONE', {}))).toMatch(/^SUITE_NONE no suites; /);
  });
});

test('an error has a line for each of its problems, and the code of the first', () => {
  const error = new WafproofError([problem('TARGET_MISSING', {}), problem('SUITE_NONE', {})]);
  expect(error.code).toBe('TARGET_MISSING');
  expect(error.message.split('\n')).toEqual([
    expect.stringMatching(/^TARGET_MISSING /),
    expect.stringMatching(/^SUITE_NONE /),
  ]);
});

test('an error keeps its cause', () => {
  const cause = new Error('disk on fire');
  expect(fail('SUITE_NONE', {}, { cause }).cause).toBe(cause);
  expect(fail('SUITE_NONE', {})).not.toHaveProperty('cause');
});

test.each([
  [{ file: 'a.yaml' }, 'a.yaml'],
  [{ file: 'a.yaml', line: 3 }, 'a.yaml:3'],
  [{ file: 'a.yaml', line: 3, column: 9 }, 'a.yaml:3:9'],
  [{ file: 'a.yaml', column: 9 }, 'a.yaml'],
])('the place %j is %s', (place, text) => {
  expect(formatPlace(place)).toBe(text);
});
