import { describe, expect, it } from 'vitest';
import type { Exclusion } from '../../src/model/exclusion.js';
import { MatchMatrix } from '../../src/prove/match-matrix.js';
import { findTooBroad } from '../../src/prove/neighbours.js';
import { findPlaces } from '../../src/prove/price.js';
import { asWritten, form, judged, post, type Reading, removal, wordEngine, wordRules } from './word-engine.js';

const rules = [
  { id: 1, word: 'select' },
  { id: 'named', word: 'script' },
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
async function tooBroad(exclusions: readonly Exclusion[], reading: Reading, spec = request) {
  const cases = [await judged('case', spec, rules)];
  const before = wordEngine(rules);
  const matrix = new MatchMatrix(attacks, before, wordRules);
  const places = await findPlaces(exclusions, cases, matrix, wordRules.placeKind);
  return findTooBroad(exclusions, cases, { before, after: wordEngine(rules, exclusions, reading) }, places);
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

  it('is not asked about what nobody needs', async () => {
    const unneeded = removal('missing', [1], { field: form('missing') });
    expect(await tooBroad([unneeded], () => true)).toEqual([]);
  });
});
