import { describe, expect, it } from 'vitest';
import { longestText, withText } from '../../src/request/xml-text.js';

function longest(document: string): string | undefined {
  const found = longestText(document);
  return found && document.slice(found.start, found.end);
}

describe('the longest text of a document', () => {
  it.each([
    ['<a>one</a>', 'one'],
    ['<a><b>one</b><c>three</c><d>two</d></a>', 'three'],
    ['<a><b>one</b><c>two</c></a>', 'one'],
    ['<a>\n          <b>one</b>\n        </a>', 'one'],
    ['<?xml version="1.0"?><a href="a long attribute">x</a>', 'x'],
  ])('of %j is %j', (document, text) => {
    expect(longest(document)).toBe(text);
  });

  it.each(['', 'no tags', '<a/>', '<a> \n </a>', '<a>cut'])('is not there in %j', (document) => {
    expect(longestText(document)).toBeUndefined();
  });
});

it('gives way to another one, in which nothing is markup', () => {
  const document = '<a><b>one</b></a>';
  const found = longestText(document);
  expect(found && withText(document, found, '<x> & </x> &lt;')).toBe(
    '<a><b>&lt;x&gt; &amp; &lt;/x&gt; &amp;lt;</b></a>',
  );
});
