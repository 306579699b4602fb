import { describe, expect, it } from 'vitest';
import type { Bench, RuleKnowledge } from '../../src/contract/prover.js';
import type { Exclusion } from '../../src/model/exclusion.js';
import { choose } from '../../src/prove/choose.js';
import { MatchMatrix } from '../../src/prove/match-matrix.js';
import { findPlaces } from '../../src/prove/price.js';
import { judged, post, removal, wordEngine } from './word-engine.js';

const rules = [
  { id: 1, word: 'select' },
  { id: 'named', word: 'script' },
];
const attacks = [
  { className: 'sqli', payload: 'select it' },
  { className: 'sqli', payload: 'select' },
  { className: 'xss', payload: 'script' },
];

/** An engine that blocks from two hits on, so that one of them may stay. */
const twoBlock: RuleKnowledge = {
  outcomeOf: (hits, margin = 1) => (hits.length <= 2 - margin ? 'passed' : 'blocked'),
  refusesAlone: () => false,
  placeKind: () => 'form',
};

const usual = post('/a', [['note', 'select script']]);

async function chosen(exclusions: readonly Exclusion[], answers?: Bench, requests = [usual]) {
  const blocked = await Promise.all(requests.map((request, index) => judged(`${index}`, request, rules)));
  const matrix = new MatchMatrix(attacks, wordEngine(rules), {
    ...twoBlock,
    outcomeOf: (hits) => twoBlock.outcomeOf(hits, 2),
  });
  const places = await findPlaces(exclusions, blocked, matrix, twoBlock.placeKind);
  return choose(exclusions, {
    blocked,
    places,
    matrix,
    rules: twoBlock,
    margin: 1,
    ask: (some, use) => use(answers ?? counting(some)),
  });
}

/** Passes with one hit. */
function counting(exclusions: readonly Exclusion[]): Bench {
  const engine = wordEngine(rules, exclusions);
  return {
    async evaluate(request) {
      const { hits } = await engine.evaluate(request);
      return { hits, outcome: twoBlock.outcomeOf(hits) };
    },
    close: () => engine.close(),
  };
}

describe('the choice, where hits may stay', () => {
  const both = removal('note', [1, 'named']);

  it('leaves the dearest rule in force', async () => {
    const { exclusions, left } = await chosen([both]);
    expect(exclusions.map(({ ruleIds }) => ruleIds)).toEqual([['named']]);
    expect(left).toMatchObject([{ ruleId: 1, spares: 2, scope: { path: '/a' } }]);
  });

  it.each([
    ['blocks', 'blocked' as const],
    ['cannot decide', 'undecided' as const],
  ])('excludes all of an endpoint where the engine %s what was chosen', async (_what, outcome) => {
    const stubborn: Bench = { evaluate: async () => ({ outcome, hits: [] }), async close() {} };
    expect(await chosen([both], stubborn)).toEqual({ exclusions: [both], left: [] });
  });

  it('costs nothing where no attack is known for a place', async () => {
    const elsewhere = removal('note', [1, 'named'], { field: { kind: 'form', name: 'missing' } });
    const { left } = await chosen([elsewhere]);
    expect(left.map(({ spares }) => spares)).toEqual([0]);
  });

  it('drops an exclusion of which no rule is left', async () => {
    const twoFields = post('/a', [
      ['note', 'select'],
      ['title', 'script'],
    ]);
    const [dear, cheap] = [removal('note', [1]), removal('title', ['named'])];
    const { exclusions, left } = await chosen([dear, cheap], undefined, [twoFields]);
    expect(exclusions).toEqual([cheap]);
    expect(left).toMatchObject([{ ruleId: 1, spares: 2 }]);
  });

  it('counts at each endpoint what acts there only', async () => {
    const scope = { method: 'POST', path: '/b' };
    const elsewhere = removal('note', [1, 'named'], { id: 'elsewhere', scope });
    const { exclusions } = await chosen([both, elsewhere], undefined, [usual, { ...usual, path: '/b' }]);
    expect(exclusions.map(({ id, ruleIds }) => [id, ruleIds])).toEqual([
      ['note 1,named', ['named']],
      ['elsewhere', ['named']],
    ]);
  });
});
