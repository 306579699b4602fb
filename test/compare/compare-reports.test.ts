import { expect, test } from 'vitest';
import { compareReports } from '../../src/compare/compare-reports.js';
import type { CaseResult } from '../../src/model/report.js';
import { hit, reportOf, result } from '../report/sample-report.js';

const passes: Partial<CaseResult> = { verdict: { kind: 'let-through', nearMiss: false } };
const blocked: Partial<CaseResult> = { verdict: { kind: 'false-positive', detectedOnly: false }, asExpected: false };
const caught: Partial<CaseResult> = { intent: 'attack', verdict: { kind: 'attack-blocked', detectedOnly: false } };
const missed: Partial<CaseResult> = { intent: 'attack', verdict: { kind: 'attack-missed', nearMiss: false } };
const [sql, other] = [hit(), hit({ ruleId: 941100 })];

function compared(before: Partial<CaseResult>, after: Partial<CaseResult>) {
  const {
    before: _,
    after: __,
    ...lists
  } = compareReports(reportOf([result({ ...before, id: 'a' })]), reportOf([result({ ...after, id: 'a' })]));
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => Array.isArray(list) && list.length > 0));
}

const change = { id: 'a', appeared: [], gone: [] };

test('what passed and is blocked is newly blocked, with the rules that do it and both scores', () => {
  const scored = (inbound: number) => ({ score: { inbound, threshold: 5 } });
  expect(compared({ ...passes, ...scored(0) }, { ...blocked, ...scored(5), hits: [sql] })).toEqual({
    newlyBlocked: [
      {
        ...change,
        verdict: { before: 'let-through', after: 'false-positive' },
        score: { before: 0, after: 5 },
        appeared: [942100],
      },
    ],
    rules: [{ ruleId: 942100, before: 0, after: 1 }],
  });
});

test.each([
  ['newlyPassing', blocked, passes],
  ['newlyMissed', caught, missed],
  ['newlyDetected', missed, caught],
  ['otherVerdicts', passes, { verdict: { kind: 'inconclusive', reason: 'x' } } as const],
])('the other way round it is another list: %s', (list, before, after) => {
  expect(Object.keys(compared(before, after))).toEqual([list]);
});

test('other rules are told where the verdict is the same, and another score where the rules are too', () => {
  expect(compared({ ...blocked, hits: [sql] }, { ...blocked, hits: [other] })).toMatchObject({
    changedRules: [{ id: 'a', appeared: [941100], gone: [942100] }],
    rules: [
      { ruleId: 941100, before: 0, after: 1 },
      { ruleId: 942100, before: 1, after: 0 },
    ],
  });
  const scored = (inbound: number) => ({ ...passes, hits: [sql], score: { inbound, threshold: 5 } });
  expect(compared(scored(3), scored(4))).toEqual({
    changedScores: [expect.objectContaining({ id: 'a', score: { before: 3, after: 4 } })],
  });
  expect(compared(scored(3), scored(3))).toEqual({});
});

test('cases of one report only are told by their ids', () => {
  const comparison = compareReports(
    reportOf([result({ id: 'a' }), result({ id: 'b' })]),
    reportOf([result({ id: 'c' }), result({ id: 'b' })]),
  );
  expect(comparison).toMatchObject({ compared: 1, onlyBefore: ['a'], onlyAfter: ['c'] });
});
