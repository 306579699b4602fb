import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyBaseline, unexpectedOf } from '../../src/compare/apply-baseline.js';
import { formatBaseline, parseBaseline } from '../../src/compare/baseline-file.js';
import { updateBaseline } from '../../src/compare/update-baseline.js';
import { hit, reportOf, result, sampleReport } from '../report/sample-report.js';

const blocked = { asExpected: false, verdict: { kind: 'false-positive', detectedOnly: false } } as const;
const one = result({ ...blocked, id: 'one', hits: [hit()] });
const two = result({ ...blocked, id: 'two', hits: [hit(), hit({ ruleId: 1, message: 'Other' })] });

test('a case is accepted only where all that speaks against it is', () => {
  const report = reportOf([one, two]);
  const known = updateBaseline(reportOf([one]), [], { reason: 'known' }).entries;
  expect(applyBaseline(report, known, 'b.yaml').baseline?.cases).toEqual(['one']);
  expect(applyBaseline(report, known, 'b.yaml').summary).toMatchObject({ unexpected: 2, accepted: 1 });
});

test('a whole baseline accepts all that is in the report, cases without findings among it', () => {
  const report = sampleReport();
  const { entries } = updateBaseline(report, [], { reason: 'x' });
  const { baseline, summary } = applyBaseline(report, entries, 'b.yaml');
  expect(summary.accepted).toBe(report.summary.unexpected);
  expect(baseline?.accepted).toHaveLength(unexpectedOf(report).length);
});

test('a case that comes out in another unexpected way is new', () => {
  const missed = result({ id: 'a', asExpected: false, verdict: { kind: 'inconclusive', reason: 'x' } });
  const { entries } = updateBaseline(reportOf([missed]), [], { reason: 'x' });
  const other = { ...missed, verdict: { kind: 'unattributed-block' as const, reason: 'y' } };
  expect(applyBaseline(reportOf([other]), entries, 'b.yaml').summary.accepted).toBe(0);
});

test('an update of part of the cases drops nothing, and a new day revives what has expired', () => {
  const old = updateBaseline(reportOf([one, two]), [], { reason: 'x', expires: '2001-01-01' }).entries;
  const part = updateBaseline(reportOf([one], { selection: { grep: 'one' } }), old, { reason: 'y' });
  expect([part.entries.length, part.dropped, part.expired.length]).toEqual([old.length, [], 1]);
  const whole = updateBaseline(reportOf([one, two]), old, { reason: 'y', expires: '2999-01-01' });
  expect(whole.entries.map(({ reason, expires }) => [reason, expires])).toEqual(old.map(() => ['x', '2999-01-01']));
});

test('any baseline reads back as it was, as YAML and as JSON', () => {
  const text = fc.string({ minLength: 1, unit: 'binary' }).filter((value) => !/\p{Cs}/u.test(value));
  const day = fc.constantFrom('2027-01-31', '2028-02-29');
  const entry = fc.record(
    { id: text, what: text, reason: text, expires: day },
    { requiredKeys: ['id', 'what', 'reason'] },
  );
  fc.assert(
    fc.property(fc.array(entry), (entries) => {
      expect(parseBaseline(formatBaseline(entries, 'b.yaml'), 'b.yaml')).toEqual(entries);
      expect(parseBaseline(formatBaseline(entries, 'b.json'), 'b.json')).toEqual(entries);
    }),
    { numRuns: 200 },
  );
});
