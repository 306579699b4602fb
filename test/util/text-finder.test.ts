import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TextFinder } from '../../src/util/text-finder.js';

/** Few letters, so that texts are found, nearly found, and found across the ends of lines. */
const letters = fc.constantFrom('w', '7', '-', 'q', 'a', '\n', 'é');
const text = fc.string({ unit: fc.constantFrom('w', '7', '-', 'q', 'a'), minLength: 1, maxLength: 12 });
const chunk = fc.string({ unit: letters, maxLength: 300 });

/** Where the lines of a chunk begin and end. */
function linesOf(bytes: Buffer): readonly (readonly [number, number])[] {
  const ends = [...bytes.entries()].filter(([, byte]) => byte === 10).map(([at]) => at);
  return ends.map((end, i) => [i === 0 ? 0 : (ends[i - 1] ?? 0) + 1, end]);
}

test('says of each line what a search of that line alone says, whichever lines are asked about', () => {
  const property = fc.property(text, chunk, fc.func(fc.boolean()), (sought, content, isAsked) => {
    const finder = new TextFinder(sought);
    for (const bytes of [Buffer.from(content), Buffer.from(`${content}${sought}\n`)]) {
      finder.begin(bytes);
      for (const [start, end] of linesOf(bytes).filter(([start]) => isAsked(start))) {
        const found = finder.isIn(bytes, start, end);
        expect(found).toBe(bytes.subarray(start, end).includes(sought));
      }
    }
  });
  fc.assert(property, { numRuns: 1000 });
});

test('a line of another buffer is searched by itself', () => {
  const finder = new TextFinder('w7-k3x9q2mt-');
  const chunk = Buffer.from('of w7-k3x9q2mt-1\nof none\n');
  finder.begin(chunk);
  expect(finder.isIn(Buffer.from('of none'), 0, 7)).toBe(false);
  expect(finder.isIn(Buffer.from('of w7-k3x9q2mt-2'), 0, 16)).toBe(true);
  expect(finder.isIn(chunk, 0, 16)).toBe(true);
  expect(finder.isIn(chunk, 17, 24)).toBe(false);
});

test('memory that is used again is searched again', () => {
  const finder = new TextFinder('needle');
  const memory = Buffer.from('needle');
  finder.begin(memory);
  expect(finder.isIn(memory, 0, 6)).toBe(true);
  memory.write('nothin');
  finder.begin(memory);
  expect(finder.isIn(memory, 0, 6)).toBe(false);
});
