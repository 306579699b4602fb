import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutIntoPieces, cutLongPieces, excerptOf, piecesAround, wholeOf } from '../../src/minimize/pieces.js';

function shown(text: string): readonly string[] {
  return cutIntoPieces(text).map(({ start, end }) => text.slice(start, end));
}

const anyText = fc.string({ unit: 'binary', maxLength: 60 });

describe('the natural pieces of', () => {
  it.each([
    ['text', "it's 1 OR 1=1; --", ['it', "'", 's', '1', 'OR', '1', '=', '1', ';', '--']],
    [
      'HTML',
      '<img src="x" onerror=\'a()\'></b>',
      ['<img', 'src=', '"', 'x', '"', 'onerror=', "'", 'a', '(', ')', "'", '>', '</b', '>'],
    ],
    ['entities', 'a &lt;b&#x27; & c', ['a', '&lt;', 'b', '&#x27;', '&', 'c']],
    [
      'JSON',
      '{"na me": "a\\u0041\\n", "b":-1.5}',
      ['{', '"na me":', '"', 'a', '\\u0041', '\\n', '"', ',', '"b":', '-', '1.5', '}'],
    ],
    ['URL-encoded text', 'q=%3Cb%3E%C3%A9%20x&p=2', ['q=', '%3C', 'b', '%3E', '%C3%A9', '%20', 'x', '&', 'p=', '2']],
    ['addresses and versions', 'HTTP/1.1 to 127.0.0.1:8080.', ['HTTP', '/', '1.1', 'to', '127.0.0.1:8080', '.']],
    ['words of any script', 'Führung, शिवा', ['Führung', ',', 'शिवा']],
    ['white space at the ends', '\n a \t', ['\n ', 'a', ' \t']],
    ['nothing', '', []],
    ['white space alone', ' \n', [' \n']],
  ])('%s', (_name, text, pieces) => {
    expect(shown(text)).toEqual(pieces);
  });

  it('base64: all of it first, then groups of four characters', () => {
    const base64 = 'QWxhZGRpbjpvcGVuIHNlc2FtZTEyMzQ1Njc4OTBhYmNkZWY=';
    const text = `token ${base64} end`;
    expect(shown(text)).toEqual(['token', base64, 'end']);
    const finer = cutLongPieces(text, cutIntoPieces(text));
    expect(finer?.map(({ start, end }) => text.slice(start, end))).toEqual([
      'token',
      ...(base64.match(/.{4}/g) ?? []),
      'end',
    ]);
  });

  it.each([
    ['with signs in it', 'QWxhZGRpbjpvcGVuIHNlc2FtZT+yMzQ1/jc4OTBh'],
    ['of the least length', 'QWxhZGRpbjpvcGVuIHNlc2FtZTEyMz/1'],
    ['with as many signs as chance has it', 'QWxhZG/pbjpvcGVuIHNlc2FtZ+EyMzQ1/jc4'],
  ])('base64 %s is one piece', (_name, base64) => {
    expect(shown(base64)).toEqual([base64]);
    expect(shown(`a token ${base64} end`)).toEqual(['a', 'token', base64, 'end']);
    expect(shown(`token ${base64} \n`)).toEqual(['token', base64, ' \n']);
  });

  it.each([
    ['a path, however long it is', '/Users/ada/Work/2024/reports/q4/final/draft'],
    ['a path of long names', '/documentsofeverybody/andsomemoredocuments'],
    ['names without small letters', 'TABLE_OF_CONTENTS/CHAPTER2024SECTION17PARAGRAPH3'.replaceAll('_', '')],
    ['names without digits', 'TableOfContents/ChapterSectionParagraphSentence'],
    ['names without capitals', 'tableofcontents/chapter2024section17paragraph3'],
    ['a short name', 'Table/OfContents2024'],
    ['more signs than chance has it', 'QWxhZG/pbjpvcGVuIHNlc2FtZ+EyMzQ1/jc'],
  ])('%s: no base64', (_name, text) => {
    expect(shown(text)).toEqual(text.split(/(?=[/+])|(?<=[/+])/));
  });

  it('base64 and what is around it, with nothing left out', () => {
    const text = 'a QWxhZGRpbjpvcGVuIHNlc2FtZT+yMzQ1/jc4OTBh== b  QWxhZGRpbjpvcGVuIHNlc2FtZTEyMz/1 ';
    const pieces = cutIntoPieces(text);
    expect(excerptOf(text, pieces).value).toBe(text);
    expect(excerptOf(text, cutLongPieces(text, pieces) ?? []).value).toBe(text);
  });

  it('words: only those of more than 32 characters are cut further', () => {
    const [long, longer] = ['donaudampfschifffahrtsgesellscha', 'donaudampfschifffahrtsgesellschaf'];
    expect(cutLongPieces(long, cutIntoPieces(long))).toBeUndefined();
    const text = `${longer} ${long} trailing`;
    const finer = cutLongPieces(text, cutIntoPieces(text)) ?? [];
    expect(finer.map(({ start, end }) => text.slice(start, end))).toEqual([
      ...(longer.match(/.{1,4}/g) ?? []),
      long,
      'trailing',
    ]);
  });
});

describe('any text', () => {
  it('is the sum of its pieces', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const pieces = cutIntoPieces(text);
        expect(excerptOf(text, pieces).value).toBe(text);
        expect([0, ...pieces.map(({ next }) => next)]).toEqual([...pieces.map(({ start }) => start), text.length]);
      }),
    );
  });

  it('is never cut within a character', () => {
    const joined = fc.array(fc.constantFrom('😀', '𝐹', 'a', 'é', ' ', '%F0%9F%98%80', '-'), { maxLength: 80 });
    fc.assert(
      fc.property(joined, (parts) => {
        const text = parts.join('');
        const pieces = cutIntoPieces(text);
        for (const { start, end } of cutLongPieces(text, pieces) ?? pieces) {
          expect(text.slice(start, end).isWellFormed()).toBe(true);
          expect(text.slice(start, end)).not.toMatch(/^%[89A-F]?$|%[0-9A-F]?$/);
        }
      }),
    );
  });

  it('takes time in proportion to its length', () => {
    const hostile = ['a:', '"a ', '1.', '%F0%9F', '&a', '<a', 'A1b/', ' '];
    for (const unit of hostile) expect(cutIntoPieces(unit.repeat(50_000)).length).toBeGreaterThan(0);
  });
});

describe('an excerpt', () => {
  it('has the white space between pieces, and none after the last', () => {
    const text = 'UNION ALL SELECT 1';
    const [union, , select] = cutIntoPieces(text);
    if (union === undefined || select === undefined) throw new Error('too few pieces');
    expect(excerptOf(text, [union, select])).toEqual({
      value: 'UNION SELECT',
      ranges: [
        [0, 6],
        [10, 16],
      ],
    });
  });

  it('tells ranges that are its value, whatever is kept', () => {
    fc.assert(
      fc.property(anyText, fc.infiniteStream(fc.boolean()), (text, keep) => {
        const kept = cutIntoPieces(text).filter(() => keep.next().value);
        const { value, ranges } = excerptOf(text, kept);
        expect(ranges.map(([start, end]) => text.slice(start, end)).join('')).toBe(value);
        expect(ranges.flat()).toEqual(ranges.flat().toSorted((a, b) => a - b));
      }),
    );
  });
});

describe('the pieces around a match', () => {
  const text = 'time:\nGET the forms';
  const around = (match: string) => {
    const start = text.indexOf(match);
    return excerptOf(text, piecesAround(cutIntoPieces(text), [start, start + match.length])).value;
  };

  it.each([
    ['GET', 'GET'],
    ['time', 'time'],
    ['forms', 'forms'],
    ['ET th', 'GET the'],
    ['\nGET', ':\nGET'],
    ['GET ', 'GET the'],
  ])('%j are %j', (match, pieces) => {
    expect(around(match)).toBe(pieces);
  });

  it('are none where nothing matched, and where the match is beyond the text', () => {
    expect(piecesAround(cutIntoPieces(text), [6, 6])).toEqual([]);
    expect(piecesAround(cutIntoPieces(text), [100, 110])).toEqual([]);
  });

  it('reach to the end where the match does, or is said to go on', () => {
    expect(excerptOf(text, piecesAround(cutIntoPieces(text), [14, 100])).value).toBe('forms');
  });
});

it('all of a text is one range, and none of nothing', () => {
  expect(wholeOf('a b')).toEqual({ value: 'a b', ranges: [[0, 3]] });
  expect(wholeOf('')).toEqual({ value: '', ranges: [] });
});
