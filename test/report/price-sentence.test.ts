import { expect, test } from 'vitest';
import { priceSentence } from '../../src/report/price-sentence.js';

const comments = { text: 'ARGS:comment at POST /comments', place: 'at POST /comments', lost: 3, attacks: [0, 1, 2] };
const title = { text: 'ARGS:title at POST /comments', place: 'at POST /comments', lost: 2, attacks: [2, 3] };
const elsewhere = { text: 'ARGS:q at GET /search', place: 'at GET /search', lost: 1, attacks: [4] };

test('an attack that passes through two fields is counted once', () => {
  expect(priceSentence([comments, title], { lost: 4, before: 2618 })).toBe(
    'They let 4 of 2,618 attacks through that were blocked there, all of them at POST /comments.',
  );
});

test('says by which exclusion all of them pass, where it is one', () => {
  expect(priceSentence([comments, { ...title, attacks: [1], lost: 1 }], { lost: 3, before: 2618 })).toBe(
    'They let 3 of 2,618 attacks through that were blocked there, all of them by ARGS:comment at POST /comments.',
  );
});

test('names the costliest where they are in several places', () => {
  expect(priceSentence([comments, elsewhere, title], { lost: 5, before: 90 })).toBe(
    'They let 5 of 90 attacks through that were blocked there, 3 of them by ARGS:comment at POST /comments.',
  );
});

test('a report of an earlier version does not tell how many were blocked', () => {
  const { attacks: _, ...old } = comments;
  expect(priceSentence([old], { lost: 3 })).toBe('It lets 3 attacks through that were blocked there.');
});

test('what was measured with others is no more than that', () => {
  expect(priceSentence([comments, title], { lost: 4, before: 90, isAtMost: true })).toContain('let at most 4 of 90');
});

test('nothing lost and nothing measured are two things', () => {
  expect(priceSentence([{ ...comments, lost: 0, attacks: [] }], { lost: 0, before: 1 })).toBe(
    'None of 1 attack that was blocked there gets through.',
  );
  expect(priceSentence([{ text: 'a', place: 'b' }], { lost: 0 })).toBe('What they cost in attacks was not measured.');
});
