import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineSplitter, wholeLines } from '../../src/util/split-lines.js';

/** Bytes rich in line feeds, and the places where they are cut. */
const bytes = fc.array(fc.constantFrom(10, 10, 0, 97, 98, 195, 255), { maxLength: 200 });
const cuts = fc.array(fc.nat(200), { maxLength: 12 });

function split(content: Buffer, at: readonly number[], maxLength: number) {
  const splitter = new LineSplitter(maxLength);
  const lines: string[] = [];
  const places = [0, ...at.map((place) => Math.min(place, content.length)).toSorted((a, b) => a - b), content.length];
  for (const [index, end] of places.slice(1).entries()) {
    const chunk = Uint8Array.from(content.subarray(places[index] ?? 0, end));
    for (const line of splitter.push(chunk)) lines.push(Buffer.from(line).toString('latin1'));
    chunk.fill(88);
  }
  return { lines, skipped: splitter.skipped };
}

test('any chunking gives the same lines, even where the memory of chunks is used again', () => {
  const property = fc.property(bytes, cuts, fc.integer({ min: 0, max: 20 }), (content, at, maxLength) => {
    const all = Buffer.from(content).toString('latin1').split('\n').slice(0, -1);
    const { lines, skipped } = split(Buffer.from(content), at, maxLength);
    expect(lines).toEqual(all.filter((line) => line.length <= maxLength));
    expect(skipped).toBe(all.filter((line) => line.length > maxLength).length);
  });
  fc.assert(property, { numRuns: 500 });
});

test('a line that never ends is not kept', () => {
  const splitter = new LineSplitter(1000);
  const chunk = Buffer.alloc(100_000, 'x');
  const before = process.memoryUsage().arrayBuffers;
  for (let turn = 0; turn < 2000; turn++) expect([...splitter.push(chunk)]).toEqual([]);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000);
  expect([...splitter.push(Buffer.from('\nshort\n'))].map(String)).toEqual(['short']);
  expect(splitter.skipped).toBe(1);
});

test('lines that are handed out one by one are the same', () => {
  const property = fc.property(bytes, cuts, fc.integer({ min: 0, max: 20 }), (content, at, maxLength) => {
    const splitter = new LineSplitter(maxLength);
    const lines: string[] = [];
    const places = [0, ...at.map((place) => Math.min(place, content.length)).toSorted((a, b) => a - b), content.length];
    for (const [index, end] of places.slice(1).entries()) {
      const chunk = Buffer.from(content.slice(places[index] ?? 0, end));
      splitter.each(chunk, (line, start, lineEnd) => lines.push(line.toString('latin1', start, lineEnd)));
      chunk.fill(88);
    }
    expect({ lines, skipped: splitter.skipped }).toEqual(split(Buffer.from(content), at, maxLength));
  });
  fc.assert(property, { numRuns: 500 });
});

test('pieces of a chunk end with lines, and are the whole chunk', () => {
  const property = fc.property(bytes, fc.integer({ min: 1, max: 50 }), (content, length) => {
    const pieces = [...wholeLines(Buffer.from(content), length)];
    expect(Buffer.concat(pieces)).toEqual(Buffer.from(content));
    for (const piece of pieces.slice(0, -1)) {
      expect(piece.indexOf(10, length)).toBe(piece.length - 1);
    }
  });
  fc.assert(property, { numRuns: 500 });
});
