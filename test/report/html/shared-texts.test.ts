import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SharedTexts, sharedPieces, unshare } from '../../../src/report/html/shared-texts.js';

function roundTrip(jsons: readonly string[]) {
  const shared = new SharedTexts();
  const shortened = jsons.map((json) => shared.share(json));
  const pieces = sharedPieces(shared.text());
  return { shortened, restored: shortened.map((json) => unshare(json, pieces)) };
}

test('what recurs is there once from its second time on', () => {
  const long = 'x'.repeat(500);
  const jsons = [1, 2, 3].map((id) => JSON.stringify({ id, long }));
  const { shortened, restored } = roundTrip(jsons);
  expect(restored).toEqual(jsons);
  expect(shortened.map(({ length }) => length < 100)).toEqual([false, true, true]);
});

test('short texts stay as they are', () => {
  const jsons = [1, 2].map(() => JSON.stringify({ short: 'x'.repeat(60) }));
  expect(roundTrip(jsons).shortened).toEqual(jsons);
});

test('whatever the texts, each comes back as it was', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom('\u0001', '\u00010\u0001', '"', '\\', '\n'),
  );
  const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('').repeat(9));
  fc.assert(
    fc.property(fc.array(fc.dictionary(text, text), { maxLength: 4 }), (values) => {
      const jsons = [...values, ...values, ...values].map((value) => JSON.stringify(value));
      expect(roundTrip(jsons).restored).toEqual(jsons);
    }),
  );
});

test('pieces that are only alike are not taken for one another', () => {
  const jsons = [...Array(200).keys()].map((index) => {
    const text = [...Array(320).keys()].map((at) =>
      at % 20 === 7 ? String.fromCharCode(97 + ((index * (at + 1)) % 26)) : 'x',
    );
    return JSON.stringify([text.join('')]);
  });
  expect(roundTrip(jsons).restored).toEqual(jsons);
});

test('more than a page can hold of them stays where it is', () => {
  const jsons = [...Array(40).keys()].flatMap((index) => {
    const json = JSON.stringify(`${index}`.padEnd(500_000, 'y'));
    return [json, json];
  });
  expect(roundTrip(jsons).restored).toEqual(jsons);
});
