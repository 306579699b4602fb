import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minimizeText } from '../../src/minimize/minimize-text.js';
import { cutIntoPieces, excerptOf } from '../../src/minimize/pieces.js';
import { ask } from './ask.js';

const prose = 'We compared the talk of UNION ALL SELECT with the noise of 3 other teams. ';

function minimize(text: string, pattern: RegExp, hint?: string) {
  const start = hint === undefined ? -1 : text.indexOf(hint);
  const search = minimizeText(text, hint === undefined ? undefined : [start, start + hint.length]);
  return ask(search, ({ value }) => pattern.test(value));
}

describe('the smallest text', () => {
  it.each([
    ['words', `${prose}${prose}`, /union.*?select/is, 'UNION SELECT'],
    [
      'a tag with an attribute',
      '<p class="a">Hi <img src="x.png" alt="" onerror="go()"></p>',
      /<img[^>]+onerror\W*=/,
      '<img onerror=',
    ],
    ['a key of JSON', '{"id": 17, "status":"open", "by":"ada"}', /"status":/, '"status":'],
    ['escapes', 'q=caf%C3%A9+%3Cscript%3E&p=2', /%3Cscript/, '%3Cscript'],
    ['nothing at all', 'whatever it says', /^/, ''],
    ['white space that matters', 'a\n\nb', /\n\n/, 'a\n\nb'],
  ])('is cut between %s', (_name, text, pattern, value) => {
    const { result } = minimize(text, pattern);
    expect(result.value).toBe(value);
  });

  it('is cut between groups of four in base64', () => {
    const base64 = Buffer.from('The quick brown fox <script> jumps over 12 lazy dogs').toString('base64');
    const { result } = ask(minimizeText(`file ${base64}`), ({ value }) =>
      Buffer.from(value, 'base64').toString('latin1').includes('script'),
    );
    expect(Buffer.from(result.value, 'base64').toString('latin1')).toContain('script');
    expect(result.value.length).toBeLessThanOrEqual(12);
  });

  it('takes a question for the hint and one for each piece where the hint is right', () => {
    const { result, asked } = minimize(`${prose.repeat(20)}; DROP TABLE t`, /drop\s+table/i, 'DROP TABLE');
    expect(result.value).toBe('DROP TABLE');
    expect(asked.map(({ value }) => value)).toEqual(['DROP TABLE', 'TABLE', 'DROP']);
  });

  it.each<[string, [number, number]]>([
    ['the whole text, which fires', [0, prose.length]],
    ['no text at all', [3, 3]],
  ])('takes no question for a hint at %s', (_name, hint) => {
    const { result, asked } = ask(minimizeText(prose, hint), ({ value }) => /union.*?select/is.test(value));
    expect(result.value).toBe('UNION SELECT');
    expect([prose, '']).not.toContain(asked[0]?.value);
  });

  it('takes few questions for a little of a long run of base64', () => {
    const base64 = Buffer.from(`${'The quick brown fox jumps over 12 lazy dogs, '.repeat(40)}<script>`).toString(
      'base64',
    );
    const needed = base64.slice(400, 404);
    const { result, asked } = ask(minimizeText(base64), ({ value }) => value.includes(needed));
    expect(result.value).toBe(needed);
    expect(asked.length).toBeLessThan(30);
  });

  it('is found in spite of a wrong hint', () => {
    expect(minimize(prose, /union.*?select/is, 'noise').result.value).toBe('UNION SELECT');
  });
});

const words = fc.constantFrom(
  'select',
  'from',
  '<a',
  'href=',
  "'",
  '--',
  '%27',
  'a',
  'ünion',
  '😀',
  '\n',
  '"k":',
  '1.2',
);
const texts = fc.array(fc.tuple(words, fc.constantFrom('', ' ', '  ')), { minLength: 1, maxLength: 40 });
const cases = texts.chain((parts) =>
  fc.record({
    text: fc.constant(parts.flat().join('')),
    needed: fc.uniqueArray(fc.constantFrom(...parts.map(([word]) => word)), { maxLength: 3 }),
    hint: fc.option(fc.tuple(fc.nat({ max: 60 }), fc.nat({ max: 60 })), { nil: undefined }),
  }),
);

describe('whatever the text and the rule', () => {
  it('the result fires, is part of the text, and none of its pieces can be left out', () => {
    fc.assert(
      fc.property(cases, ({ text, needed, hint }) => {
        const fires = ({ value }: { value: string }) => needed.every((word) => value.includes(word));
        const { result } = ask(minimizeText(text, hint), fires);
        const { value, ranges } = result;
        expect(fires(result)).toBe(true);
        expect(value.length).toBeLessThanOrEqual(text.length);
        expect(ranges.map(([start, end]) => text.slice(start, end)).join('')).toBe(value);
        const kept = cutIntoPieces(text).filter((piece) =>
          ranges.some(([start, end]) => start <= piece.start && piece.end <= end),
        );
        for (const left of kept)
          expect(
            fires(
              excerptOf(
                text,
                kept.filter((one) => one !== left),
              ),
            ),
          ).toBe(false);
      }),
    );
  });
});
