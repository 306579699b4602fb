import { expect, test } from 'vitest';
import type { AwsRecord } from '../../../src/waf/aws/log-record.js';
import { awsMerger } from '../../../src/waf/aws/record-merger.js';

const [rule, other] = ['AWS#G#A', 'AWS#G#B'];

function record(changes: Partial<AwsRecord>): AwsRecord {
  return { origin: 'log', action: 'passed', hits: [], labels: [], waf: { kind: 'aws' }, ...changes };
}

const hit = (ruleId: string) => ({ ruleId, message: '', tags: [] });
const blocked = { action: 'blocked', blockedBy: { kind: 'managed-rule', ruleId: rule } } as const;
const answer = record({ ...blocked, origin: 'answer', hits: [hit(rule)], labels: ['a:x'] });
const log = record({
  ...blocked,
  hits: [
    { ...hit(rule), variable: { collection: 'Body' } },
    { ...hit(other), counted: true },
  ],
  labels: ['a:x', 'a:y'],
  transactionId: 'r1',
});
const sample = record({ ...blocked, origin: 'sample', hits: [hit(rule)] });
const ofCount = record({ origin: 'sample', hits: [{ ...hit(other), counted: true }] });

test('in whatever order, the answer decides and the log adds what it knows', () => {
  for (const merged of [awsMerger.merge(answer, log), awsMerger.merge(log, answer)]) {
    expect(merged).toEqual({ ...log, origin: 'answer', hits: log.hits });
    expect(awsMerger.completeness(merged)).toBe('whole');
  }
});

test('a log outweighs a sample, and samples of one request are put together', () => {
  expect(awsMerger.merge(sample, log)).toMatchObject({ origin: 'log', hits: log.hits });
  for (const merged of [awsMerger.merge(sample, ofCount), awsMerger.merge(ofCount, sample)]) {
    expect(merged).toMatchObject({ ...blocked, hits: [{ ruleId: rule }, { ruleId: other, counted: true }] });
    expect([awsMerger.completeness(merged), awsMerger.gapIn(merged)]).toEqual(['open', undefined]);
  }
});

test('the sample of a rule that counts does not tell what became of the request', () => {
  expect(awsMerger.completeness(ofCount)).toBe('unfinished');
  expect(awsMerger.gapIn(ofCount)).toContain('only a rule that counts');
});

test('an answer that asks for a CAPTCHA learns from the log whose it is', () => {
  const asked = record({ origin: 'answer', action: 'blocked', blockedBy: { kind: 'captcha', status: 405 } });
  expect(awsMerger.completeness(asked)).toBe('unfinished');
  const merged = awsMerger.merge(asked, log);
  expect(merged.blockedBy).toEqual({ kind: 'captcha', ruleId: rule, status: 405 });
  expect(awsMerger.completeness(merged)).toBe('whole');
});

test('records of different sources are of one request, whatever ids they have; two logs are as their ids tell', () => {
  expect(awsMerger.isOne?.(log, sample)).toBe(true);
  expect(awsMerger.isOne?.(log, record({ transactionId: 'r2' }))).toBe(false);
});
