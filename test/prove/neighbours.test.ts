import { describe, expect, it } from 'vitest';
import type { Exclusion } from '../../src/model/exclusion.js';
import type { Pair } from '../../src/model/request.js';
import { MatchMatrix } from '../../src/prove/match-matrix.js';
import { findNeighbours, findTooBroad } from '../../src/prove/neighbours.js';
import { findPlaces } from '../../src/prove/price.js';
import { asWritten, form, judged, post, type Reading, removal, wordEngine, wordRules } from './word-engine.js';

const rules = [
  { id: 1, word: 'select' },
  { id: 'named', word: 'script' },
  { id: 2, word: 'union' },
  { id: 3, word: 'drop' },
];
const request = post('/a', [
  ['note', 'a select'],
  ['other', 'fine'],
]);
const attacks = [
  { className: 'sqli', payload: 'select script' },
  { className: 'sqli', payload: 'select' },
];

/** What is found too broad of exclusions, on an engine that reads them in its own way. */
async function tooBroad(exclusions: readonly Exclusion[], reading: Reading, spec = request, sent = attacks) {
  const cases = [await judged('case', spec, rules)];
  const before = wordEngine(rules);
  const matrix = new MatchMatrix(sent, before, wordRules);
  const places = await findPlaces(exclusions, cases, matrix, wordRules.placeKind);
  return findTooBroad(exclusions, cases, { before, after: wordEngine(rules, exclusions, reading) }, places);
}

/** The neighbours of an exclusion in a request that needs it. */
async function neighbours(exclusion: Exclusion, spec = request) {
  return findNeighbours([exclusion], [await judged('case', spec, rules)]).map((one) => one.request);
}

describe('the neighbours of an exclusion', () => {
  const fields = (...pairs: readonly Pair[]) => ({ body: { kind: 'form', fields: pairs } });

  it('are another path, method and field, and all else is the same', async () => {
    expect(await neighbours(removal('note', [1]))).toEqual([
      { ...request, path: '/a-neighbour' },
      { ...request, method: 'PUT' },
      { ...request, ...fields(['note_neighbour', 'a select'], ['other', 'fine']) },
    ]);
  });

  it('have the query of the request, and whatever else is in its path', async () => {
    const scope = { method: 'PUT', path: '/$&/a' };
    const spec = { ...request, path: '/$&/a?x=/a', method: 'PUT' };
    expect(await neighbours(removal('note', [1], { scope }), spec)).toMatchObject([
      { path: '/$&/a-neighbour?x=/a', method: 'PUT' },
      { path: '/$&/a?x=/a', method: 'POST' },
      { path: '/$&/a?x=/a', method: 'PUT', ...fields(['note_neighbour', 'a select'], ['other', 'fine']) },
    ]);
  });

  it.each<[string, Exclusion['scope'], readonly (readonly [string, string])[]]>([
    ['a path', { path: '/a' }, [['POST', '/a-neighbour']]],
    ['a method', { method: 'POST' }, [['PUT', '/a']]],
    ['neither', {}, []],
  ])('are tried where the scope ends: %s', async (_what, scope, expected) => {
    const whole: Exclusion = { ...removal('note', [1], { scope }), effect: 'remove-rule' };
    expect((await neighbours(whole)).map(({ method, path }) => [method, path])).toEqual(expected);
  });

  it('are other members of JSON, and no other elements of an array that is meant as a whole', async () => {
    const value = { items: [{ note: 'a select' }] };
    const json = { ...request, body: { kind: 'json', value } as const };
    const inItems = (step: number | null) =>
      removal('note', [1], { scope: {}, field: { kind: 'json', path: ['items', step, 'note'] } });
    expect(await neighbours(inItems(0), json)).toMatchObject([
      { body: { value: { items: [{ note_neighbour: 'a select' }] } } },
    ]);
    expect(await neighbours(inItems(null), json)).toEqual([]);
  });

  it('are fields of a name that no other has, where the exclusion is for all names', async () => {
    const all = removal('note', [1], { scope: {}, field: { kind: 'form' } });
    expect(await neighbours(all)).toMatchObject([fields(['_neighbour', 'a select'], ['_neighbour', 'fine'])]);
  });

  it('are those of the case that needs it', async () => {
    const cases = [
      await judged('elsewhere', { ...request, path: '/b' }, rules),
      await judged('fine', post('/a', [['note', 'fine']]), rules),
      await judged('needs it', request, rules),
    ];
    const exclusion = removal('note', [1], { scope: { path: '/a' } });
    expect(findNeighbours([exclusion], cases)).toMatchObject([
      { exclusion, request: { ...request, path: '/a-neighbour' } },
      { exclusion, request: fields(['note_neighbour', 'a select'], ['other', 'fine']) },
    ]);
    expect(findNeighbours([exclusion], cases.slice(0, 2))).toEqual([]);
  });
});

/** An exclusion of a header. */
function takenHeader(name: string): Exclusion {
  return removal(name, ['named'], { variable: { collection: 'header', key: name }, field: { kind: 'header', name } });
}

/** The exclusion with another scope, as a faulty engine may read it. */
function inScope(exclusion: Exclusion, scope: Exclusion['scope']): Exclusion {
  return { ...exclusion, scope };
}

describe('an exclusion that is read as it is written', () => {
  it.each([
    ['of a field', removal('note', [1])],
    ['of a field at every method', removal('note', [1], { scope: { path: '/a' } })],
    ['of a field everywhere', removal('note', [1], { scope: {} })],
    ['of two rules, one with a name', removal('note', [1, 'named'])],
  ])('%s is not too broad', async (_what, exclusion) => {
    expect(await tooBroad([exclusion], asWritten)).toEqual([]);
  });

  it('is not too broad where others are meant for its neighbours', async () => {
    const others = [removal('note', [1], { id: 'elsewhere', scope: { method: 'POST', path: '/a-neighbour' } })];
    expect(await tooBroad([removal('note', [1]), ...others], asWritten)).toEqual([]);
  });
});

describe('an exclusion that takes away more than it says', () => {
  const exclusion = removal('note', [1]);
  const faults: readonly (readonly [string, Reading])[] = [
    ['path', (one, seen, spec) => asWritten(inScope(one, { method: 'POST' }), seen, spec)],
    ['method', (one, seen, spec) => asWritten(inScope(one, { path: '/a' }), seen, spec)],
    ['field', (one, seen, spec) => asWritten({ ...one, effect: 'remove-rule' }, seen, spec)],
    ['rule', (one, seen, spec) => asWritten({ ...one, ruleIds: [1, 'named'] }, seen, spec)],
  ];

  it.each(faults)('is found by its neighbouring %s', async (_what, reading) => {
    expect(await tooBroad([exclusion], reading)).toEqual([exclusion.id]);
  });

  it('is the only one that is found', async () => {
    const both = post('/a', [
      ['note', 'a select'],
      ['title', 'a script'],
    ]);
    const other = removal('title', ['named']);
    const reading: Reading = (one, seen, spec) =>
      asWritten(one.id === exclusion.id ? inScope(one, { method: 'POST' }) : one, seen, spec);
    expect(await tooBroad([exclusion, other], reading, both)).toEqual([exclusion.id]);
  });

  it('is found in JSON, where the neighbour is another member', async () => {
    const value = { items: [{ note: 'a select' }] };
    const json = { ...request, body: { kind: 'json', value } as const };
    const field = { kind: 'json', path: ['items', 0, 'note'] } as const;
    const ofJson = removal('note', [1], { field });
    const reading: Reading = (one, seen, spec) => asWritten({ ...one, effect: 'remove-rule' }, seen, spec);
    expect(await tooBroad([ofJson], reading, json)).toEqual([ofJson.id]);
    expect(await tooBroad([ofJson], asWritten, json)).toEqual([]);
  });

  it.each([
    ['first', attacks],
    ['last', attacks.toReversed()],
  ])('is found by the attack that most rules match, which comes %s', async (_which, sent) => {
    const reading: Reading = (one, seen, spec) => asWritten({ ...one, ruleIds: [1, 'named'] }, seen, spec);
    expect(await tooBroad([exclusion], reading, request, sent)).toEqual([exclusion.id]);
  });

  it('is found where another place is freed, by an attack for its rule', async () => {
    const both = post('/a', [
      ['note', 'a select'],
      ['title', 'a script'],
    ]);
    const title = removal('title', ['named']);
    const reading: Reading = (one, seen, spec) =>
      asWritten(one, seen, spec) || (one.id === title.id && seen.ruleId === 'named' && seen.variable.key === 'note');
    const sent = ['union drop', 'a script'].map((payload) => ({ className: 'sqli', payload }));
    const found = await tooBroad([removal('note', [1]), title], reading, both, sent);
    expect(found).toEqual([title.id]);
  });

  it('is the one that takes something of the request, where others act on it too', async () => {
    const typed = { ...request, headers: [['X-Type', 'a script']] } as const;
    const ofType = takenHeader('X-Type');
    const reading: Reading = (one, seen, spec) =>
      asWritten(one, seen, spec) || (one.id === ofType.id && seen.ruleId === 'named' && seen.variable.key === 'note');
    const found = await tooBroad([removal('note', [1]), takenHeader('X-Other'), ofType], reading, typed);
    expect(found).toEqual([ofType.id]);
  });

  it('is not found by what falls silent elsewhere than in its place and its neighbours', async () => {
    const typed = { ...request, headers: [['X-Type', 'a script']] } as const;
    const reading: Reading = (one, seen, spec) => asWritten(one, seen, spec) || seen.field?.kind === 'header';
    expect(await tooBroad([exclusion], reading, typed, attacks.slice(1))).toEqual([]);
  });

  it('is found without attacks, by its neighbours alone', async () => {
    const [path, , , rule] = faults;
    expect(path && (await tooBroad([exclusion], path[1], request, []))).toEqual([exclusion.id]);
    expect(rule && (await tooBroad([exclusion], rule[1], request, []))).toEqual([]);
  });

  it('is not asked about what nobody needs', async () => {
    const unneeded = removal('missing', [1], { field: form('missing') });
    expect(await tooBroad([unneeded], () => true)).toEqual([]);
  });
});

describe('a body that is read as something else', () => {
  const read: Exclusion = {
    id: 'read',
    findings: [],
    ruleIds: [1],
    scope: { method: 'POST', path: '/a' },
    effect: 'read-body-as',
    reading: 'json',
  };
  const blind: Reading = (one, _hit, { method, path }) =>
    one.effect === 'read-body-as' && method === 'POST' && path === '/a';

  it('has no places that could be compared, and is held to its path and method', async () => {
    expect(await tooBroad([removal('note', [1]), { ...read, ruleIds: ['named'] }], blind)).toEqual([]);
    expect(await tooBroad([read], (one) => one.effect === 'read-body-as')).toEqual(['read']);
  });
});
