import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matcherOf } from '../../../../src/waf/aws/evaluate/regex/matcher.js';

function matches(pattern: string, text: string): boolean | string {
  const matcher = matcherOf(pattern);
  return typeof matcher === 'function' ? matcher(text) : matcher.unsupported;
}

describe('a pattern', () => {
  test.each([
    ['admin', 'xadminx', true],
    ['^/api/[0-9]+$', '/api/12', true],
    ['^/api/[0-9]+$', '/api/12\n', true],
    ['^/api/[0-9]+$', '/api/12\n\n', false],
    ['\\Aa\\z', 'a\n', false],
    ['(?i)admin', 'ADMIN', true],
    ['a(?i:b)c', 'aBc', true],
    ['a(?i:b)c', 'aBC', false],
    ['(?i)[^a]', 'A', false],
    ['a.b', 'a\rb', true],
    ['a.b', 'a\nb', false],
    ['(?s)a.b', 'a\nb', true],
    ['(?m)^b$', 'a\nb\nc', true],
    ['(?x) a b # no c\n', 'ab', true],
    ['\\bcat\\b', 'a cat!', true],
    ['\\bcat\\b', 'concat', false],
    ['\\Bcat', 'concat', true],
    ['[[:digit:]]{2,3}$', 'a1', false],
    ['[[:digit:]]{2,3}$', 'a12', true],
    ['[]a]', ']', true],
    ['[^]a]', ']', false],
    ['\\x41\\d\\W', 'A7-', true],
    ['a{2}{2}', 'aaa', false],
    ['a{2}{2}', 'aaaa', true],
    ['x{,2}', 'x{,2}', true],
    ['\\Qa.b\\E+', 'a.bb', true],
    ['(?:a|b)*?c', 'ababc', true],
    ['(?<word>a)b', 'ab', true],
    ['', 'anything', true],
    ['\\s', '\xa0', false],
    ['é', 'caf\xc3\xa9', true],
  ])('%j on %j', (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  test.each([
    '(a)\\1',
    '(?=a)',
    '(?<!a)b',
    '(?>a)',
    'a++',
    '(?R)',
    '(?(1)a)',
    'a\\Kb',
    '\\R',
    '(*FAIL)',
    '[a',
    '(a',
    'a)',
    '*a',
    'é+',
    '[é]',
    'a{1,9999}',
  ])('%j is not evaluated, and it is told why', (pattern) => {
    expect(matches(pattern, 'aa')).toMatch(/^(?:it|a|"\*") .+/);
  });

  test('with nested quantifiers looks at each byte once', () => {
    expect(matches('^(?:a+)+$', `${'a'.repeat(60_000)}b`)).toBe(false);
  });
});

const part = fc.constantFrom(
  'a',
  'b',
  '[ab]',
  '[^a]',
  '.',
  '(?:a|bc)',
  '(?:ab?)*',
  'a{1,2}',
  '^',
  '$',
  '\\b',
  '\\w',
  'c*?',
  '|',
);

test('a pattern matches where the engine of JavaScript finds it', () => {
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), fc.stringMatching(/^[abc -]{0,8}$/), (parts, text) => {
      const pattern = parts.join('');
      expect(matches(pattern, text)).toBe(new RegExp(pattern).test(text));
    }),
    { numRuns: 500 },
  );
});

test('no pattern and no text crash', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'ab()[]{}?*+|^$\\.,:-1xiQE<>=!#P&é') }),
      fc.string(),
      (pattern, text) => {
        expect(['boolean', 'string']).toContain(typeof matches(pattern, text));
      },
    ),
    { numRuns: 1000 },
  );
});
