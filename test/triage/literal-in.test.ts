import { expect, test } from 'vitest';
import { literalsIn } from '../../src/triage/literal-in.js';

test.each([
  [/^IP address not allowed: /, 'IP address not allowed: '],
  [/support ID is: ?(?:<b>)?\d{5,}/i, 'support ID is:'],
  [/^(?:a|b)cdefg?h/, 'cdef'],
  [/errors\.edgesuite\.net/, 'errors.edgesuite.net'],
  [/[Aa]ttack ID/, 'ttack ID'],
  [/\d+\s\w/, ''],
  [/\/cdn-cgi\/x{2,3}y/, '/cdn-cgi/'],
])('whatever %s finds holds "%s"', (pattern, literal) => {
  expect(literalsIn(pattern)).toEqual([literal]);
});

test('each alternative of a pattern holds a literal of its own', () => {
  expect(literalsIn(/abc|d(?:e|f)ghi/)).toEqual(['abc', 'ghi']);
  expect(literalsIn(/^(?:first|second one)$/)).toEqual(['first', 'second one']);
});
