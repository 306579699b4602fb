import { describe, expect, it } from 'vitest';
import type { ProgressListener } from '../../src/contract/progress.js';
import type { ProofServer } from '../../src/contract/prover.js';
import type { CaseResult } from '../../src/model/report.js';
import { proveOnServer, type SendCases } from '../../src/pipeline/tune/prove-on-server.js';
import { evaluateCases } from '../../src/prove/evaluate-cases.js';
import { asWritten, judged, post, type Reading, removal, type WordRule, wordEngine } from '../prove/word-engine.js';

const rules = [{ id: 'sqli', word: 'select' }];
const exclusion = removal('note', ['sqli']);
const nothing = { start() {}, done() {}, warn() {}, end() {} };

/** A server that reads a file with the exclusion, and has rules and a reading of its own. */
async function proofOf(reading: Reading, own: readonly WordRule[] = rules) {
  const cases = await Promise.all([
    judged('blocked', post('/a', [['note', 'how to select']]), rules),
    judged('fine', post('/b', [['note', 'fine']]), rules),
  ]);
  const closed: string[] = [];
  const steps = { total: 0, done: 0 };
  const progress: ProgressListener = {
    ...nothing,
    stage(_, total = 0) {
      steps.total += total;
    },
    step() {
      steps.done += 1;
    },
  };
  const server: ProofServer = {
    name: 'words',
    reads: () => true,
    possibilities: () => ({
      forms: () => [],
      obstacle: () => undefined,
      untouchable: () => undefined,
    }),
    start: async (files) => ({
      target: { url: files.length === 0 ? 'bare' : 'excluding', waf: { kind: 'words' } },
      engine: 'Words 2.0',
      async close() {
        closed.push('closed');
      },
    }),
  };
  const send: SendCases = async ({ target: { url } }, sent, step): Promise<readonly CaseResult[]> => {
    const bench = url === 'bare' ? wordEngine(rules) : wordEngine(own, [exclusion], reading);
    const given = await Promise.all(sent.map(({ id, request }) => judged(id, request, rules)));
    const results = await evaluateCases(given, bench);
    for (const _ of sent) step();
    return sent.flatMap(({ id }) => results.filter((one) => one.id === id));
  };
  const files = [{ name: 'words.txt', content: exclusion.id }];
  const blocked = cases.filter(({ id }) => id === 'blocked');
  const proof = await proveOnServer(server, { exclusions: [exclusion], files }, { cases, blocked }, { send, progress });
  return { ...proof, closed, steps };
}

describe('what a server says of the written files', () => {
  it('agrees where it reads them as the engine does', async () => {
    const { outcome, left, closed } = await proofOf(asWritten);
    expect(outcome).toEqual({
      engine: 'Words 2.0 (words)',
      cleared: ['blocked'],
      stillBlocked: [],
      newlyBlocked: [],
      tooBroad: [],
    });
    expect(left).toEqual([]);
    expect(closed).toHaveLength(2);
  });

  it('is waited for with a count of the requests that it is asked about', async () => {
    const { steps } = await proofOf(asWritten);
    expect(steps.total).toBeGreaterThanOrEqual(4);
    expect(steps.done).toBe(steps.total);
  });

  it('differs where it heeds no exclusion', async () => {
    const { outcome, left } = await proofOf(() => false);
    expect(outcome).toMatchObject({ cleared: [], stillBlocked: ['blocked'] });
    expect(left.map(({ id, hits }) => [id, hits.map(({ ruleId }) => ruleId)])).toEqual([['blocked', ['sqli']]]);
  });

  it('differs where it blocks what passed', async () => {
    const { outcome } = await proofOf(asWritten, [...rules, { id: 'new', word: 'fine' }]);
    expect(outcome).toMatchObject({ cleared: ['blocked'], newlyBlocked: ['fine'] });
  });

  it('differs where it takes away more than they say', async () => {
    const everywhere: Reading = (one, seen, request) => asWritten({ ...one, scope: {} }, seen, request);
    expect((await proofOf(everywhere)).outcome.tooBroad).toEqual([exclusion.id]);
  });
});
