import { describe, expect, it } from 'vitest';
import type { Exclusion } from '../../src/model/exclusion.js';
import { MatchMatrix } from '../../src/prove/match-matrix.js';
import { findPlaces, price } from '../../src/prove/price.js';
import { refuse } from '../../src/prove/refuse.js';
import { asWritten, judged, post, type Reading, removal, wordEngine, wordRules } from './word-engine.js';

const rules = [
  { id: 1, word: 'select' },
  { id: 'named', word: 'script' },
];
const attacks = [
  { className: 'sqli', payload: 'union select' },
  { className: 'sqli', payload: 'select' },
  { className: 'mixed', payload: 'select script' },
  { className: 'xss', payload: 'script' },
  { className: 'none', payload: 'harmless' },
];
const request = post('/a', [
  ['note', 'a select'],
  ['title', 'a script'],
]);

async function priced(exclusions: readonly Exclusion[], reading: Reading = asWritten, more = attacks) {
  const cases = [await judged('case', request, rules)];
  const matrix = new MatchMatrix(more, wordEngine(rules), wordRules);
  const places = await findPlaces(exclusions, cases, matrix, wordRules.placeKind);
  return { cases, ...(await price(exclusions, places, { after: wordEngine(rules, exclusions, reading), matrix })) };
}

describe('the price of an exclusion', () => {
  it('is what was blocked in its field and passes there now, by class, with the shortest as an example', async () => {
    const { exclusions, attacksLost } = await priced([removal('note', [1])]);
    expect(exclusions[0]?.detectionLoss).toEqual({
      lost: 2,
      blockedBefore: 4,
      classes: [{ className: 'sqli', lost: 2, blockedBefore: 2, example: 'select' }],
    });
    expect(attacksLost).toEqual(['sqli: select', 'sqli: union select']);
  });

  it('is nothing where the engine blocks all that it blocked', async () => {
    const { exclusions, attacksLost } = await priced([removal('note', [1])], () => false);
    expect(exclusions[0]?.detectionLoss).toEqual({ lost: 0, blockedBefore: 4 });
    expect(attacksLost).toEqual([]);
  });

  it('counts the rules together that are hidden from one field', async () => {
    const together = [removal('note', [1]), removal('note', ['named'], { id: 'second' })];
    const { exclusions } = await priced(together);
    expect(exclusions.map(({ detectionLoss }) => detectionLoss?.lost)).toEqual([4, 4]);
  });

  it('counts as lost what the engine cannot decide any more', async () => {
    const unsure = [{ className: 'sqli', payload: 'perhaps select' }];
    const { exclusions } = await priced([removal('note', [1])], asWritten, unsure);
    expect(exclusions[0]?.detectionLoss).toMatchObject({ lost: 1, blockedBefore: 1 });
  });

  it('is unknown where no text can be put', async () => {
    const nowhere: Exclusion = {
      ...removal('note', [1]),
      effect: 'change-setting',
      setting: { name: 'a', value: 'b' },
    };
    const { exclusions, attacksLost } = await priced([nowhere]);
    expect(exclusions).toEqual([nowhere]);
    expect(attacksLost).toEqual([]);
  });

  it('is that of the fields that the rule matched, where a rule is removed as a whole', async () => {
    const whole: Exclusion = { ...removal('title', ['named']), effect: 'remove-rule' };
    const { exclusions } = await priced([whole]);
    expect(exclusions[0]?.detectionLoss).toMatchObject({ lost: 1, blockedBefore: 4 });
  });
});

describe('a loss that is not allowed', () => {
  const dear = removal('note', [1]);
  const free = removal('title', ['named']);

  it('is refused, with what only serves the same case', async () => {
    const { exclusions, cases } = await priced([dear, free]);
    const refusal = refuse(exclusions, cases, 40);
    expect(refusal.exclusions).toEqual([]);
    expect(refusal.refused.map(({ exclusion, reason }) => [exclusion.id, reason])).toEqual([
      ['note 1', 'it lets 50.0 % of the attacks through, and 40 % are allowed'],
      ['title named', 'its cases stay blocked without one that costs too much'],
    ]);
  });

  it('is not refused at the limit, or without one', async () => {
    const { exclusions, cases } = await priced([dear, free]);
    for (const maxLoss of [50, undefined]) {
      expect(refuse(exclusions, cases, maxLoss)).toEqual({ exclusions, refused: [] });
    }
  });

  it('leaves what serves another case as well', async () => {
    const { exclusions, cases } = await priced([dear, free]);
    const other = await judged('other', post('/a', [['title', 'a script']]), rules);
    const refusal = refuse(exclusions, [...cases, other], 40);
    expect(refusal.exclusions.map(({ id }) => id)).toEqual(['title named']);
    expect(refusal.refused.map(({ exclusion }) => exclusion.id)).toEqual(['note 1']);
  });
});
