import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { tag } from '../../../src/report/charts/markup.js';
import { hostileTexts } from '../hostile-report.js';

test('an element has its attributes, rounded, and its children', () => {
  const inner = tag('rect', { x: 1.26, class: 'mark' });
  expect(tag('a', { href: '#q=rule:1' }, 'a < b', inner, [inner]).markup).toBe(
    '<a href="#q=rule:1">a &#60; b<rect x="1.3" class="mark"/><rect x="1.3" class="mark"/></a>',
  );
});

test.each(hostileTexts)('%j stays a text', (text) => {
  expect(elementsOf(tag('a', { title: text }, tag('title', {}, text), text).markup)).toEqual(['a', 'title']);
});

test('whatever the text, it is well-formed and has no element more', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(elementsOf(tag('text', { x: text }, text).markup)).toEqual(['text']);
    }),
  );
});

function elementsOf(xml: string): readonly string[] {
  const names: string[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name }) => names.push(name));
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return names;
}
