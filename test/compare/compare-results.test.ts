import { describe, expect, test } from 'vitest';
import { compareResults } from '../../src/compare/compare-results.js';
import type { CaseResult } from '../../src/model/report.js';
import type { Verdict } from '../../src/model/verdict.js';
import { result } from '../report/sample-report.js';

const passed: Verdict = { kind: 'let-through', nearMiss: false };
const blocked: Verdict = { kind: 'false-positive', detectedOnly: false };
const unanswered: Verdict = { kind: 'inconclusive', reason: 'timeout' };
const refused: Verdict = { kind: 'denied-elsewhere', layer: 'unknown', cause: 'rate-limited', because: '429' };

function run(verdicts: Readonly<Record<string, Verdict>>): readonly CaseResult[] {
  return Object.entries(verdicts).map(([id, verdict]) => result({ id, verdict }));
}

describe('of a run before a change and one after it', () => {
  test('each case that came out otherwise is told, and each that is blocked still', () => {
    const before = run({ freed: blocked, stuck: blocked, broken: passed, fine: passed });
    const after = run({ freed: passed, stuck: blocked, broken: blocked, fine: passed });
    expect(compareResults(before, after)).toEqual({
      cleared: ['freed'],
      stillBlocked: ['stuck'],
      newlyBlocked: ['broken'],
    });
  });

  test.each([unanswered, refused])(
    'a case is not called cleared, nor passing as before, where it came out %j',
    (verdict) => {
      const before = run({ blocked, passed });
      expect(compareResults(before, run({ blocked: verdict, passed: verdict }))).toEqual({
        cleared: [],
        stillBlocked: ['blocked'],
        newlyBlocked: ['passed'],
        ...(verdict.kind === 'inconclusive' && { undecided: ['blocked', 'passed'] }),
      });
    },
  );

  test('nothing is told of what was neither blocked nor passed before', () => {
    const before = run({ unanswered, refused });
    const nothing = { cleared: [], stillBlocked: [], newlyBlocked: [] };
    expect(compareResults(before, run({ unanswered: passed, refused: blocked, unheard: blocked }))).toEqual(nothing);
    expect(compareResults(run({ blocked, passed }), [])).toEqual(nothing);
  });
});
