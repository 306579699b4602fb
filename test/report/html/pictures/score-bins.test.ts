import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scoreBins } from '../../../../src/report/html/pictures/score-bins.js';

function binsOf(scores: readonly number[], threshold: number) {
  const byScore = new Map<number, { 'let-through': number }>();
  for (const score of scores) byScore.set(score, { 'let-through': (byScore.get(score)?.['let-through'] ?? 0) + 1 });
  return scoreBins({ byScore, thresholds: [[threshold, scores.length]] });
}

const total = (bins: ReturnType<typeof binsOf>) =>
  bins.reduce((sum, { counts }) => sum + (counts['let-through'] ?? 0), 0);

test('low scores have a bin each, and 0 has none', () => {
  const bins = binsOf([0, 0, 3, 3, 4, 5, 10], 5);
  const filled = bins.filter(({ counts }) => Object.keys(counts).length > 0);
  expect(filled.map(({ from, to, counts }) => [from, to, counts['let-through']])).toEqual([
    [3, 4, 2],
    [4, 5, 1],
    [5, 6, 1],
    [10, 11, 1],
  ]);
});

test('what scores far beyond the threshold shares the last bin', () => {
  const bins = binsOf([5, 1000, 20_000], 5);
  expect(bins.at(-1)).toMatchObject({ isLast: true, counts: { 'let-through': 2 } });
  expect(bins.length).toBeLessThanOrEqual(41);
});

test('no bin has scores from both sides of the threshold, all scores are in one, and bins are few', () => {
  const score = fc.integer({ min: 1, max: 5000 });
  fc.assert(
    fc.property(fc.array(score, { minLength: 1 }), fc.integer({ min: 1, max: 2000 }), (scores, threshold) => {
      const bins = binsOf(scores, threshold);
      expect(bins.filter(({ from, to }) => from < threshold && to > threshold)).toEqual([]);
      expect(total(bins)).toBe(scores.length);
      expect(bins.length).toBeLessThanOrEqual(45);
    }),
  );
});
