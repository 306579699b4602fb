import { expect, test } from 'vitest';
import { largeReport } from '../sample-report.js';
import { dataOfReport } from './page-data.js';

test('many cases are in several pieces, and findings, rows and cases still belong together', () => {
  const report = largeReport(12_000);
  const { list, cases, chunks, findings } = dataOfReport(report);
  expect(list.map(({ id }) => id)).toEqual(report.results.map(({ id }) => id));
  expect(cases.map(({ id }) => id)).toEqual(report.results.map(({ id }) => id));
  expect(chunks.reduce((sum, size) => sum + size, 0)).toBe(12_000);
  const named = findings.map(({ cases: places }) => places.map((place) => list[place]?.id));
  expect(named).toEqual(report.findings.map(({ cases: ids }) => ids));
  expect(Math.max(...findings.flatMap(({ cases: places }) => places))).toBeGreaterThan(10_000);
});
