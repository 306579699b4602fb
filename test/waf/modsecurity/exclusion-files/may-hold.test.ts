import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayHold } from '../../../../src/waf/modsecurity/exclusion-files/may-hold.js';
import { requiredPieces } from '../../../../src/waf/modsecurity/exclusion-files/required-pieces.js';
import { rulesIn } from '../../../../src/waf/modsecurity/exclusion-files/rule-facts.js';

function holds(conditions: readonly string[], path: string, method = 'POST'): boolean {
  const last = conditions.length - 1;
  const text = conditions.map((one, i) => `SecRule ${one} "id:1,pass${i < last ? ',chain' : ''}"\n`).join('');
  const [rule] = rulesIn(text);
  return rule !== undefined && mayHold(rule, { method, path });
}

describe('whether the conditions of a rule may hold', () => {
  it.each([
    ['REQUEST_FILENAME "@streq /apps/notes/save"', false],
    ['REQUEST_FILENAME "@beginsWith /index.php/apps/n"', true],
    ['REQUEST_FILENAME "@beginsWith /apps"', false],
    ['REQUEST_FILENAME "@endsWith /notes/save"', true],
    ['REQUEST_FILENAME "@endsWith /notes"', false],
    ['REQUEST_FILENAME "@contains /apps/notes"', true],
    ['REQUEST_FILENAME "@contains /apps/deck"', false],
    ['REQUEST_FILENAME "@rx /apps/notes/(?:public/)?(?:[0-9]+/)?save$"', true],
    ['REQUEST_FILENAME "@rx /apps/deck/(?:public/)?save$"', false],
    ['REQUEST_FILENAME "@rx /apps/(?:deck|notes)/save"', true],
    ['REQUEST_FILENAME "!@contains /apps/deck"', true],
    ['REQUEST_FILENAME "@contains %{tx.folder}"', true],
    ['REQUEST_FILENAME "@pm /apps/deck"', true],
    ['REQUEST_BASENAME "@streq other"', true],
    ['REQUEST_URI "@contains /apps/deck"', true],
    ['REQUEST_URI "@beginsWith /apps/deck"', false],
    ['REQUEST_URI "@beginsWith /index.php/apps/notes/save?a=1"', true],
    ['REQUEST_METHOD "@streq PUT"', false],
    ['ARGS:a "@streq PUT"', true],
  ])('is told of %s: %s', (condition, expected) => {
    expect(holds([condition], '/index.php/apps/notes/save')).toBe(expected);
  });

  it('is ruled out by any link of a chain', () => {
    const chain = ['REQUEST_FILENAME "@contains /notes"', 'REQUEST_METHOD "@streq GET"'];
    expect(holds(chain, '/notes', 'GET')).toBe(true);
    expect(holds(chain, '/notes', 'POST')).toBe(false);
  });

  it('is not ruled out by paths that an engine decodes first, nor by what is transformed', () => {
    expect(holds(['REQUEST_FILENAME "@streq /notes"'], '/n%6ftes')).toBe(true);
    expect(rulesIn('SecRule REQUEST_FILENAME "@contains /notes" "id:1,pass,t:lowercase"\n')).toSatisfy(
      ([rule]: ReturnType<typeof rulesIn>) => rule !== undefined && mayHold(rule, { method: 'GET', path: '/NOTES' }),
    );
  });
});

describe('texts that a regular expression requires', () => {
  it.each([
    [String.raw`^/remote\.php/dav/uploads/[^/]+/[0-9]+$`, ['/remote.php/dav/uploads/', '/']],
    ['/save?', ['/sav']],
    ['/a+b', ['/a', 'b']],
    ['/ab{2}c', ['/a', 'c']],
    [String.raw`/\x2fa\d/b`, ['//a', '/b']],
    [String.raw`a\|b`, ['a|b']],
    ['[]a]b', ['b']],
    ['(?:a|b[)]|c)d', ['d']],
    ['/a|/b', []],
    ['(?i)/save', []],
    [String.raw`\Qa.b\E`, []],
    ['a(?#[)b|c', []],
  ])('of %s are %j', (pattern, pieces) => {
    expect(requiredPieces(pattern)).toEqual(pieces);
  });

  const piece = fc.oneof(
    fc.stringMatching(/^[a-c/]{1,4}$/),
    fc.constantFrom('.', '[ab]', '[^a]', '(?:a|b)', '(a(?:b|c))', String.raw`\.`, String.raw`\d`, String.raw`\/`, '|'),
  );
  const quantified = fc.tuple(piece, fc.constantFrom('', '', '*', '+', '?', '{2}', '{0,2}', '*?'));
  const pattern = fc
    .array(
      quantified.map(([text, more]) => (text === '|' ? text : `${text}${more}`)),
      { minLength: 1, maxLength: 6 },
    )
    .map((parts) => parts.join(''));

  it('are in all that it matches', () => {
    fc.assert(
      fc.property(pattern, fc.stringMatching(/^[a-c./0-9]{0,12}$/), (source, text) => {
        if (!new RegExp(source).test(text)) return;
        let from = 0;
        for (const one of requiredPieces(source)) {
          from = text.indexOf(one, from);
          expect(from).toBeGreaterThanOrEqual(0);
          from += one.length;
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('come in no time out of what is no pattern', () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => Array.isArray(requiredPieces(text))));
    for (const text of ['('.repeat(50_000), '['.repeat(50_000), '\\'.repeat(50_001), '(?:a'.repeat(20_000)]) {
      expect(requiredPieces(text).length).toBeLessThan(2);
    }
  });
});
