import { expect, test } from 'vitest';
import type { RunReport } from '../../../../src/model/report.js';
import { type MatrixLimits, matricesOf } from '../../../../src/report/html/pictures/matrix-data.js';
import { hit, reportOf, request, result } from '../../sample-report.js';

function findingsOf(refusals: readonly (readonly [rule: number, path: string, key: string])[]) {
  const results = refusals.map(([ruleId, path, key], index) =>
    result({
      id: `case/${index}`,
      verdict: { kind: 'false-positive', detectedOnly: false },
      request: request({ path, body: { kind: 'form', fields: [[key, 'x']] } }),
      hits: [hit({ ruleId, variable: { collection: 'ARGS', key } })],
    }),
  );
  return reportOf(results).findings;
}

const limits = { rules: 2, endpoints: 2 };

function matrixOf(findings: RunReport['findings'], limits: MatrixLimits) {
  const [matrix = { rules: [], endpoints: [], cells: [], moreRules: 0, moreEndpoints: 0 }] = matricesOf(findings, [
    limits,
  ]);
  return matrix;
}

test('fields of one rule at one endpoint are one cell', () => {
  const { cells } = matrixOf(
    findingsOf([
      [1, '/a', 'x'],
      [1, '/a', 'y'],
      [2, '/a', 'x'],
    ]),
    limits,
  );
  expect(cells.map(({ rule, endpoint, cases }) => [rule, endpoint, cases])).toEqual([
    ['1', 'POST /a', 2],
    ['2', 'POST /a', 1],
  ]);
});

test('those with most cases are shown, and the others counted', () => {
  const many = [...Array(300).keys()].flatMap((index) => [
    [index, `/${index}`, 'x'] as const,
    [7, '/seven', 'x'] as const,
    [8, '/seven', 'x'] as const,
  ]);
  const { rules, endpoints, moreRules, moreEndpoints } = matrixOf(findingsOf(many), limits);
  expect(rules.map(({ name, cases }) => [name, cases])).toEqual([
    ['7', 301],
    ['8', 301],
  ]);
  expect(endpoints[0]).toEqual({ name: 'POST /seven', cases: 600 });
  expect([moreRules, rules.length + moreRules]).toEqual([298, 300]);
  expect(endpoints.length + moreEndpoints).toBe(301);
});

test('a rule with no case at the endpoints shown has no column', () => {
  const scattered = [...Array(9).keys()].map((index) => [5, `/${index}`, 'x'] as const);
  const dense = [...Array(4).keys()].flatMap(() => [[6, '/a', 'x'] as const, [6, '/b', 'x'] as const]);
  const { rules, moreRules } = matrixOf(findingsOf([...scattered, ...dense]), limits);
  expect(rules.map(({ name }) => name)).toEqual(['6']);
  expect(moreRules).toBe(1);
});
