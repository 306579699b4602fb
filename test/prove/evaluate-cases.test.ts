import { describe, expect, it } from 'vitest';
import { compareResults } from '../../src/compare/compare-results.js';
import { evaluateCases, isBlocked } from '../../src/prove/evaluate-cases.js';
import { asWritten, judged, post, type Reading, removal, wordEngine } from './word-engine.js';

const rules = [{ id: 'named', word: 'select' }];

async function cases() {
  return Promise.all([
    judged('blocked', post('/a', [['note', 'a select']]), rules),
    judged('fine', post('/b', [['note', 'fine']]), rules),
    judged('unsure', post('/c', [['note', 'perhaps']]), rules),
  ]);
}

describe('cases as an engine judges them', () => {
  it('are blocked, let through or not decided, each with its reason and in the order of their ids', async () => {
    const results = await evaluateCases((await cases()).toReversed(), wordEngine(rules));
    expect(results.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['blocked', { kind: 'false-positive', detectedOnly: false }],
      ['fine', { kind: 'let-through', nearMiss: false }],
      ['unsure', { kind: 'inconclusive', reason: 'it says perhaps' }],
    ]);
    expect(results.filter(isBlocked).map(({ id }) => id)).toEqual(['blocked']);
  });

  it('nearly were blocked where they pass with a hit', async () => {
    const [blocked] = await cases();
    const lenient = { evaluate: async () => ({ outcome: 'passed', hits: blocked.hits }) as const, async close() {} };
    expect(await evaluateCases([blocked], lenient)).toEqual([
      { ...blocked, verdict: { kind: 'let-through', nearMiss: true } },
    ]);
  });

  it('have a reason where the engine gives none, and no score of another engine', async () => {
    const [blocked] = await cases();
    const before = { ...blocked, score: { inbound: 5, threshold: 5 } };
    const silent = { evaluate: async () => ({ outcome: 'undecided', hits: [] }) as const, async close() {} };
    expect(await evaluateCases([before], silent)).toEqual([
      { ...blocked, hits: [], verdict: { kind: 'inconclusive', reason: 'the engine cannot decide it' } },
    ]);
  });
});

/** How the cases come out under an exclusion, on an engine that reads it in its own way. */
async function compared(reading: Reading, more = rules) {
  const before = await cases();
  const after = wordEngine(more, [removal('note', ['named'])], reading);
  return compareResults(before, await evaluateCases(before, after));
}

describe('what a change brought about', () => {
  it('is that the blocked case passes, and nothing else', async () => {
    expect(await compared(asWritten)).toEqual({
      cleared: ['blocked'],
      stillBlocked: [],
      newlyBlocked: [],
      undecided: ['unsure'],
    });
  });

  it('is nothing where the engine heeds no exclusion', async () => {
    expect(await compared(() => false)).toMatchObject({ cleared: [], stillBlocked: ['blocked'] });
  });

  it('is a new block where the engine blocks what passed', async () => {
    const stricter = [...rules, { id: 'new', word: 'fine' }];
    expect(await compared(asWritten, stricter)).toMatchObject({ cleared: ['blocked'], newlyBlocked: ['fine'] });
  });

  it('proves nothing where the engine cannot decide any more', async () => {
    const before = await cases();
    const unsure = { evaluate: async () => ({ outcome: 'undecided', hits: [] }) as const, async close() {} };
    expect(compareResults(before, await evaluateCases(before, unsure))).toEqual({
      cleared: [],
      stillBlocked: ['blocked'],
      newlyBlocked: ['fine'],
      undecided: ['blocked', 'fine', 'unsure'],
    });
  });
});
