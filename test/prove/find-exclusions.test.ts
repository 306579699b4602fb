import { describe, expect, it } from 'vitest';
import type { Possibilities } from '../../src/contract/prover.js';
import type { Endpoint } from '../../src/model/endpoint.js';
import type { Exclusion } from '../../src/model/exclusion.js';
import type { CaseResult } from '../../src/model/report.js';
import { askFor } from '../../src/prove/ask-for.js';
import { findExclusions } from '../../src/prove/find-exclusions.js';
import { inWords } from '../exclude/exclusions.js';
import { asWritten, judged, post, type Reading } from './word-engine.js';
import { wordDialect, wordProver } from './word-prover.js';

const rules = [
  { id: 1, word: 'select' },
  { id: 'named', word: 'script' },
];
const endpointOf = ({ method, path }: Endpoint) => ({ method, path });

interface Wish {
  readonly reading?: Reading;
  readonly possible?: Possibilities;
}

/** What is found for cases, and which of them each step asked about. */
async function found(cases: readonly CaseResult[], { reading = asWritten, possible }: Wish = {}) {
  const prover = wordProver({ rules, reading });
  const steps: (readonly string[])[] = [];
  const { exclusions, unsolved } = await findExclusions(cases, {
    endpointOf,
    possible: possible ?? prover.possibilities(wordDialect),
    ask(now, concerned) {
      steps.push(concerned.map(({ id }) => id));
      return askFor(prover)(now, concerned);
    },
  });
  return { words: exclusions.map(inWords).toSorted(), unsolved, steps };
}

const selects = (id: string, path: string, method = 'POST') =>
  judged(id, post(path, [['note', 'how to select']], method), rules);

/** Possibilities of one form: a field is taken from its rule in this scope. */
function onlyIn(scope: (endpoint: Endpoint) => Exclusion['scope']): Possibilities {
  return {
    ...wordProver({ rules }).possibilities(wordDialect),
    forms: ({ variable, field }, { endpoint }) => [
      {
        changes: [{ effect: 'remove-target', variable, ...(field && { field }) }],
        scope: scope(endpoint),
        isWholeRule: false,
        isWide: true,
        done: 'it is taken from it',
      },
    ],
  };
}

/** The field stays visible to the rules of one endpoint, until they are removed there. */
const stubbornAt =
  (method: string, path: string): Reading =>
  (one, hit, request) =>
    asWritten(one, hit, request) &&
    (one.effect === 'remove-rule' || request.method !== method || request.path !== path);

describe('the search for exclusions', () => {
  it('ends where no false positive has a hit left', async () => {
    const { words, unsolved } = await found([await selects('a', '/a'), await selects('b', '/b')]);
    expect(words).toEqual(['1 without form:note at POST /a', '1 without form:note at POST /b']);
    expect(unsolved).toEqual([]);
  });

  it('asks nobody where there is nothing to clear', async () => {
    expect(await found([])).toEqual({ words: [], unsolved: [], steps: [] });
  });

  it('asks again only of endpoints whose exclusions have changed', async () => {
    const cases = [
      await selects('stubborn', '/a'),
      await selects('other path', '/b'),
      await selects('other method', '/a', 'PUT'),
    ];
    const { words, steps } = await found(cases, { reading: stubbornAt('POST', '/a') });
    expect(steps).toEqual([['stubborn', 'other path', 'other method'], ['stubborn']]);
    expect(words).toEqual(['1 removed at POST /a', '1 without form:note at POST /b', '1 without form:note at PUT /a']);
  });

  it('never asks of a case that no exclusion concerns', async () => {
    const fine = await judged('fine', post('/fine', [['note', 'fine']]), rules);
    const { steps } = await found([await selects('a', '/a'), fine]);
    expect(steps).toEqual([['a']]);
  });

  it('asks again where an exclusion is for one more rule', async () => {
    const hidden = await judged('hidden', post('/a', [['note', 'a script']]), rules);
    const cases = [await selects('a', '/a'), { ...hidden, hits: [] }];
    const { words, steps } = await found(cases);
    expect(steps).toEqual([
      ['a', 'hidden'],
      ['a', 'hidden'],
    ]);
    expect(words).toEqual(['1, named without form:note at POST /a']);
  });

  it.each<[string, (endpoint: Endpoint) => Exclusion['scope'], readonly string[]]>([
    ['every request', () => ({}), ['a', 'path', 'method', 'neither']],
    ['every method', ({ path }) => ({ path }), ['a', 'method']],
    ['every path', ({ method }) => ({ method }), ['a', 'path']],
  ])('asks of all that an exclusion for %s concerns', async (_what, scope, expected) => {
    const fine = (id: string, path: string, method = 'POST') =>
      judged(id, post(path, [['note', 'fine']], method), rules);
    const others = [await fine('path', '/b'), await fine('method', '/a', 'PUT'), await fine('neither', '/b', 'PUT')];
    const { steps } = await found([await selects('a', '/a'), ...others], { possible: onlyIn(scope) });
    expect(steps).toEqual([expected]);
  });

  it('says of which hits it can clear none', async () => {
    const { words, unsolved } = await found([await selects('a', '/a')], { reading: () => false });
    expect(words).toEqual([]);
    expect(unsolved).toEqual([{ subject: 'a', ruleId: 1, reason: 'rule 1 still fires when it is removed' }]);
  });
});
