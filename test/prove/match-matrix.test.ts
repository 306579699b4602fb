import { describe, expect, it } from 'vitest';
import type { KnownMatches, MatchStore } from '../../src/contract/match-store.js';
import type { Bench, RuleKnowledge } from '../../src/contract/prover.js';
import { findPlace } from '../../src/prove/attack-places.js';
import { MatchMatrix } from '../../src/prove/match-matrix.js';
import { judged, post, removal, type WordRule, wordEngine, wordRules } from './word-engine.js';

const select: WordRule = { id: 1, word: 'select' };
const script: WordRule = { id: 'named', word: 'script' };
const attacks = ['select', 'script', 'select script', 'plain x'].map((payload) => ({ className: 'any', payload }));

interface Wish {
  readonly rules?: readonly WordRule[];
  readonly knowledge?: RuleKnowledge;
  readonly referer?: string;
}

/** The matrix of the attacks, the place of a form field, and how often the engine is asked. */
async function matrixOf({ rules = [select, script], knowledge = wordRules, referer = '/' }: Wish = {}) {
  const engine = wordEngine(rules);
  const asked = { times: 0 };
  const bench: Bench = {
    evaluate(request) {
      asked.times += 1;
      return engine.evaluate(request);
    },
    close: () => engine.close(),
  };
  const request = { ...post('/a', [['note', 'a select']]), headers: [['Referer', referer] as const] };
  const place = findPlace(removal('note', [1]), [await judged('case', request, rules)], knowledge.placeKind);
  if (place === undefined) throw new Error('no place');
  return { matrix: new MatchMatrix(attacks, bench, knowledge), place, asked };
}

/** What blocks each attack in the place. */
async function blocked(wish: Wish) {
  const { matrix, place } = await matrixOf(wish);
  const rows = await matrix.blockedIn(place);
  return rows.map(({ attack, hits }) => `${attack.payload}: ${hits.map(({ ruleId }) => ruleId).join()}`);
}

const usual = ['select: 1', 'script: named', 'select script: 1,named'];

describe('what blocks an attack in a place', () => {
  it('is every rule that it fires there', async () => {
    expect(await blocked({})).toEqual(usual);
  });

  it('is not a rule that fires on any text there', async () => {
    expect(await blocked({ rules: [select, script, { id: 2, word: 'x' }] })).toEqual(usual);
  });

  it('is such a rule all the same where it refuses a request by itself', async () => {
    const knowledge: RuleKnowledge = { ...wordRules, refusesAlone: (ruleId) => ruleId === 2 };
    expect(await blocked({ rules: [select, { id: 2, word: 'x' }], knowledge })).toEqual([
      'select: 1',
      'select script: 1',
      'plain x: 2',
    ]);
  });

  it('is not what fires beside the place whatever stands there', async () => {
    expect(await blocked({ referer: '/select' })).toEqual(usual);
  });
});

describe('the matrix', () => {
  it('sends an attack once for each kind of place', async () => {
    const { matrix, place, asked } = await matrixOf();
    const [first, again] = await Promise.all([matrix.blockedIn(place), matrix.blockedIn({ ...place })]);
    expect(again).toBe(first);
    expect(asked.times).toBe(attacks.length + 1);
    expect(await matrix.blockedIn({ ...place, kind: 'another' })).not.toBe(first);
    expect(asked.times).toBe(2 * (attacks.length + 1));
  });

  it('knows which attacks no rule finds any more when the place is hidden from some', async () => {
    const { matrix, place } = await matrixOf();
    const rows = await matrix.blockedIn(place);
    const endangered = (hidden: readonly (number | string)[]) =>
      matrix.inDanger(rows, hidden).map(({ attack }) => attack.payload);
    expect(endangered([])).toEqual([]);
    expect(endangered([1])).toEqual(['select']);
    expect(endangered([1, 'named'])).toEqual(['select', 'script', 'select script']);
  });
});

describe('a matrix with an engine of few rules', () => {
  /** Which engine is asked about what, and what is told in the end. */
  async function asked(means: { readonly store?: MatchStore; readonly rulesKey?: string } = {}) {
    const log: string[] = [];
    const named = (name: string, engine: Bench): Bench => ({
      evaluate(request) {
        log.push(`${name} ${request.body.kind === 'form' ? request.body.fields[0]?.[1] : ''}`);
        return engine.evaluate(request);
      },
      close: async () => undefined,
    });
    const request = post('/a', [['note', 'a select']]);
    const place = findPlace(
      removal('note', [1]),
      [await judged('case', request, [select, script])],
      wordRules.placeKind,
    );
    if (place === undefined) throw new Error('no place');
    const { store, rulesKey = 'rules' } = means;
    const matrix = new MatchMatrix(attacks, named('all', wordEngine([select, script])), wordRules, {
      few: async (ruleIds) =>
        named(`few ${ruleIds}`, wordEngine([select, script].filter(({ id }) => ruleIds.includes(id)))),
      ...(store !== undefined && { known: { store, rulesKey } }),
    });
    matrix.lookFor(place.kind, [1]);
    const rows = await matrix.blockedIn(place);
    const told = rows.map(({ attack, hits }) => `${attack.payload}: ${hits.map(({ ruleId }) => ruleId).join()}`);
    return { told, log, matrix, rows };
  }

  it('asks the one with all rules only about attacks that few do not block', async () => {
    const { told, log } = await asked();
    expect(told).toEqual(['select: 1', 'script: named', 'select script: 1']);
    expect(log.filter((one) => one.startsWith('few'))).toEqual([
      'few 1 script',
      'few 1 select script',
      'few 1 plain x',
    ]);
    expect(log.filter((one) => one.startsWith('all')).toSorted()).toEqual([
      'all plain x',
      'all script',
      'all select',
      'all x',
      'all x',
    ]);
  });

  it('holds every attack in danger that may pass', async () => {
    const { matrix, rows } = await asked();
    expect(matrix.inDanger(rows, [1]).map(({ attack }) => attack.payload)).toEqual(['select', 'select script']);
  });

  it('asks about no attack that an earlier job knows, under the same rules', async () => {
    const files = new Map<string, KnownMatches>();
    const store: MatchStore = {
      read: async (key) => files.get(key) ?? new Map(),
      add: async (key, found) => void files.set(key, new Map([...(files.get(key) ?? []), ...found])),
    };
    const first = await asked({ store });
    const again = await asked({ store });
    expect(again.told).toEqual(first.told);
    expect(again.log).toEqual(['all x', 'all x']);
    expect((await asked({ store, rulesKey: 'other rules' })).log).toEqual(first.log);
    expect(JSON.stringify([...files].map(([key, found]) => [key, [...found.keys()]]))).not.toMatch(/select|script/);
  });
});
