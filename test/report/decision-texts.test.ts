import { expect, test } from 'vitest';
import { answerSentences } from '../../src/report/decision-texts.js';
import { reportOf, result } from './sample-report.js';

test('that nothing is blocked is not all where nobody knows, or another layer refused', () => {
  const undecided = { kind: 'inconclusive', reason: 'reset' } as const;
  const refused = {
    kind: 'denied-elsewhere',
    layer: 'application',
    cause: 'csrf',
    because: 'it says so',
    fix: '',
  } as const;
  const verdicts = [undecided, refused, refused];
  const report = reportOf(verdicts.map((verdict, n) => result({ id: `s/${n}`, asExpected: false, verdict })));
  expect(answerSentences(report)).toEqual([
    'None of 3 legitimate requests is blocked.',
    '1 case is undecided.',
    '2 cases are refused by another layer than the WAF.',
  ]);
});

test('where all is known the answer is one sentence', () => {
  expect(answerSentences(reportOf([result({ id: 's/fine' })]))).toEqual(['None of 1 legitimate request is blocked.']);
});
