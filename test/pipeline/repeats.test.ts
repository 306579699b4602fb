import { describe, expect, test } from 'vitest';
import { mergeRepeats } from '../../src/pipeline/merge-repeats.js';
import { hit, result } from '../report/sample-report.js';
import { caseOf } from './cases.js';
import { resultOf, runAgainst, suiteOfPosts } from './run-against.js';
import { serveWaf } from './waf-server.js';

const passed = result({ id: 'a', verdict: { kind: 'let-through', nearMiss: false }, asExpected: true, hits: [] });
const blocked = result({
  id: 'a',
  verdict: { kind: 'false-positive', detectedOnly: false },
  asExpected: false,
  hits: [hit()],
});
const silent = result({ id: 'a', verdict: { kind: 'inconclusive', reason: 'no answer' }, asExpected: false, hits: [] });
const merge = (...[first, ...others]: readonly [typeof passed, ...(typeof passed)[]]) =>
  mergeRepeats(caseOf('a'), [first, ...others]);

describe('several sendings of a case', () => {
  test('one sending is its own result', () => {
    expect(merge(blocked)).toBe(blocked);
  });

  test('what is blocked each time is a false positive', () => {
    expect(merge(blocked, blocked, blocked)).toMatchObject({
      verdict: { kind: 'false-positive' },
      asExpected: false,
      repeats: { sent: 3, blocked: 3, low: 0.4385, high: 1 },
    });
  });

  test('what passes each time is let through; one near miss makes all a near miss', () => {
    const near = { ...passed, verdict: { kind: 'let-through' as const, nearMiss: true }, hits: [hit()] };
    expect(merge(passed, near)).toMatchObject({
      verdict: { kind: 'let-through', nearMiss: true },
      asExpected: true,
      hits: [hit()],
      repeats: { sent: 2, blocked: 0, low: 0 },
    });
  });

  test('what is blocked sometimes is inconclusive, and tells the numbers', () => {
    const merged = merge(
      ...([passed, passed, blocked, passed, blocked, passed, passed, blocked, passed, passed] as const),
    );
    expect(merged).toMatchObject({
      verdict: {
        kind: 'inconclusive',
        reason: expect.stringContaining('blocked in 3 of 10 (30 %), let-through in 7'),
      },
      asExpected: false,
      repeats: { sent: 10, blocked: 3, low: 0.1078, high: 0.6032 },
      hits: [hit()],
      status: blocked.status,
    });
  });

  test('a sending without a verdict does not count, and is never a pass', () => {
    expect(merge(passed, silent, passed)).toMatchObject({
      verdict: { kind: 'inconclusive', reason: expect.stringContaining('inconclusive in 1 (no answer)') },
      asExpected: false,
      repeats: { sent: 2, blocked: 0 },
    });
    expect(merge(silent, silent)).toMatchObject({ verdict: silent.verdict, repeats: { sent: 0, low: 0, high: 1 } });
  });

  test('who expects an inconclusive case gets what is expected', () => {
    const expecting = caseOf('a', { expect: { verdict: 'inconclusive' } });
    expect(mergeRepeats(expecting, [passed, blocked]).asExpected).toBe(true);
  });

  test('a wrong status once is wrong', () => {
    expect(merge(passed, { ...passed, asExpected: false }).asExpected).toBe(false);
  });

  test('hits are the union by rule and variable', () => {
    const other = {
      ...blocked,
      hits: [hit(), hit({ ruleId: 1 }), hit({ variable: { collection: 'ARGS', key: 'b' } })],
    };
    expect(merge(blocked, other).hits).toHaveLength(3);
  });
});

test('--repeat sends each case so often, each time with an id of its own', async () => {
  const waf = await serveWaf(({ url }, earlier) => ({
    waf: url === '/2' && earlier.filter((one) => one.url === '/2').length % 2 === 0 ? 'blocked' : 'passed',
  }));
  const report = await runAgainst(waf, suiteOfPosts(3), { repeat: 10 });
  expect(waf.received).toHaveLength(30);
  expect(new Set(waf.received.map(({ id }) => id)).size).toBe(30);
  expect(report.summary.verdicts).toEqual({ 'let-through': 2, inconclusive: 1 });
  expect(resultOf(report, 's/2')).toMatchObject({ status: 403, repeats: { sent: 10, blocked: 5 } });
});

test('each repetition has another value of !random, and another run the same ones', async () => {
  const suite = 'suite: S\ncases: [{ id: a, form: { id: !random uuid, key: !random hex 7 } }]';
  const bodiesOf = async (seed?: number) => {
    const waf = await serveWaf();
    const report = await runAgainst(waf, suite, { repeat: 5, ...(seed !== undefined && { seed }) });
    return { bodies: waf.received.map(({ body }) => body).sort(), report };
  };
  const [first, again, other] = [await bodiesOf(), await bodiesOf(), await bodiesOf(2)];
  expect(new Set(first.bodies).size).toBe(5);
  for (const body of first.bodies) expect(body).toMatch(/^id=[\da-f-]{36}&key=[\da-f]{7}$/);
  expect(again.bodies).toEqual(first.bodies);
  expect(other.bodies).not.toEqual(first.bodies);
  expect([first.report.seed, other.report.seed]).toEqual([1, 2]);
  expect(JSON.stringify(resultOf(first.report, 's/a').request)).not.toContain('WafproofRandom');
});
