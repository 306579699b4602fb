import { describe, expect, it } from 'vitest';
import type { NoteStore, Notes } from '../../src/contract/note-store.js';
import type { Exclusion } from '../../src/model/exclusion.js';
import { MatchMatrix } from '../../src/prove/match-matrix.js';
import { findPlaces, price, rulesHiddenFrom } from '../../src/prove/price.js';
import { refuse, refuseBySample } from '../../src/prove/refuse.js';
import { lossText } from '../../src/report/exclusion-texts.js';
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
  const open = async (acting: readonly Exclusion[]) => wordEngine(rules, acting, reading);
  return { cases, ...(await price(exclusions, places, { open, matrix })) };
}

/** Prices the same again and again, with notes that are kept, and counts what the engine is asked under exclusions. */
async function pricedAgain(keys: readonly string[]) {
  const files = new Map<string, Notes>();
  const store: NoteStore = {
    read: async (key) => files.get(key) ?? new Map(),
    add: async (key, notes) => void files.set(key, new Map([...(files.get(key) ?? []), ...notes])),
  };
  const cases = [await judged('case', request, rules)];
  const exclusions = [removal('note', [1])];
  const matrix = new MatchMatrix(attacks, wordEngine(rules), wordRules);
  const places = await findPlaces(exclusions, cases, matrix, wordRules.placeKind);
  const priceWith = async (key: string) => {
    let asked = 0;
    const open = async (acting: readonly Exclusion[]) => {
      const engine = wordEngine(rules, acting);
      const evaluate: typeof engine.evaluate = (one) => {
        asked += 1;
        return engine.evaluate(one);
      };
      return { ...engine, evaluate };
    };
    const found = await price(exclusions, places, { open, matrix, known: { store, keyOf: () => key } });
    return { asked, found };
  };
  const told = [];
  for (const key of keys) told.push(await priceWith(key));
  return { told, files };
}

describe('a price that an earlier job has found out', () => {
  it('is not asked for again, and is the same', async () => {
    const { told, files } = await pricedAgain(['rules', 'rules']);
    const [first, again] = told;
    expect(first?.asked).toBe(2);
    expect(again?.asked).toBe(0);
    expect(again?.found).toEqual(first?.found);
    expect(JSON.stringify([...files].map(([key, notes]) => [key, ...notes]))).not.toContain('select');
  });

  it('is asked for again under other rules or exclusions', async () => {
    const { told } = await pricedAgain(['rules', 'other rules']);
    expect(told.map(({ asked }) => asked)).toEqual([2, 2]);
  });
});

describe('the price of an exclusion', () => {
  it('is what was blocked in its field and passes there now, by class, with the shortest as an example', async () => {
    const { exclusions, attacksLost } = await priced([removal('note', [1])]);
    expect(exclusions[0]?.detectionLoss).toEqual({
      lost: 2,
      blockedBefore: 4,
      classes: [{ className: 'sqli', lost: 2, blockedBefore: 2, example: 'select' }],
      attacks: [0, 1],
    });
    expect(attacksLost).toEqual(['sqli: select', 'sqli: union select']);
  });

  it('is nothing where the engine blocks all that it blocked', async () => {
    const { exclusions, attacksLost } = await priced([removal('note', [1])], () => false);
    expect(exclusions[0]?.detectionLoss).toEqual({ lost: 0, blockedBefore: 4, attacks: [] });
    expect(attacksLost).toEqual([]);
  });

  it('counts the rules together that are hidden from one field', async () => {
    const together = [removal('note', [1]), removal('note', ['named'], { id: 'second' })];
    const { exclusions } = await priced(together);
    expect(exclusions.map(({ detectionLoss }) => detectionLoss?.lost)).toEqual([4, 4]);
  });

  it('counts an attack once that passes through several fields, and names what frees a field together', async () => {
    const both = [removal('note', [1]), removal('title', [1], { id: 'title' })];
    const { exclusions, attacksLost, attacksBlockedBefore } = await priced(both);
    expect(exclusions.map(({ detectionLoss }) => detectionLoss?.attacks)).toEqual([
      [0, 1],
      [0, 1],
    ]);
    expect(attacksLost).toHaveLength(2);
    expect(attacksBlockedBefore).toBe(4);
    expect(exclusions.map(({ detectionLoss }) => detectionLoss?.beside)).toEqual([undefined, undefined]);
    const together = await priced([removal('note', [1]), removal('note', ['named'], { id: 'second' })]);
    expect(together.exclusions[0]?.detectionLoss?.beside).toEqual(['second']);
  });

  it('counts as lost what the engine cannot decide any more', async () => {
    const unsure = [{ className: 'sqli', payload: 'perhaps select' }];
    const { exclusions } = await priced([removal('note', [1])], asWritten, unsure);
    expect(exclusions[0]?.detectionLoss).toMatchObject({ lost: 1, blockedBefore: 1 });
  });

  it('says of how many attacks it cannot be decided what becomes of them', async () => {
    const unsure = [...attacks, { className: 'none', payload: 'abroad' }];
    const cases = [await judged('case', request, rules)];
    const matrix = new MatchMatrix(unsure, wordEngine(rules, [], asWritten, 'abroad'), wordRules);
    const places = await findPlaces([removal('note', [1])], cases, matrix, wordRules.placeKind);
    const open = async (acting: readonly Exclusion[]) => wordEngine(rules, acting, asWritten, 'abroad');
    const { exclusions } = await price([removal('note', [1])], places, { open, matrix });
    expect(exclusions[0]?.detectionLoss).toMatchObject({ lost: 2, blockedBefore: 4, undecided: 1 });
    expect(lossText({ ...removal('note', [1]), detectionLoss: { lost: 0, blockedBefore: 0, undecided: 1 } })).toBe(
      'not known: of 1 attack it cannot be decided, since the rules are not public',
    );
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

describe('the classes that lose attacks', () => {
  const classes = async (exclusion: Exclusion, ...sent: readonly (readonly [string, string])[]) => {
    const more = sent.map(([className, payload]) => ({ className, payload }));
    return (await priced([exclusion], asWritten, more)).exclusions[0]?.detectionLoss?.classes;
  };

  it('come with the largest loss first, and by name where it is the same', async () => {
    const lost = await classes(
      removal('note', [1, 'named']),
      ['xss', 'script'],
      ['sqli', 'select 1'],
      ['mixed', 'select script'],
      ['sqli', 'select 2'],
      ['all', 'script 1'],
    );
    expect(lost?.map((one) => [one.className, one.lost])).toEqual([
      ['sqli', 2],
      ['all', 1],
      ['mixed', 1],
      ['xss', 1],
    ]);
  });

  it('tell how many of each were blocked', async () => {
    const lost = await classes(removal('note', [1]), ['sqli', 'select'], ['sqli', 'select script'], ['xss', 'script']);
    expect(lost).toEqual([{ className: 'sqli', lost: 1, blockedBefore: 2, example: 'select' }]);
  });

  it('have the first of the shortest attacks by the alphabet as an example', async () => {
    const payloads = ['select c', 'select 10', 'select a', 'select b'];
    const lost = await classes(removal('note', [1]), ...payloads.map((payload) => ['sqli', payload] as const));
    expect(lost).toMatchObject([{ example: 'select a' }]);
  });
});

describe('the rules from which a place is hidden', () => {
  it('are those of all exclusions that act there, of the field or of what holds it', async () => {
    const cases = [await judged('case', request, rules)];
    const matrix = new MatchMatrix([], wordEngine(rules), wordRules);
    const body = removal('note', ['named'], { id: 'body', field: { kind: 'body' } });
    const others = [removal('title', [3]), removal('note', [4], { id: 'elsewhere', scope: { path: '/b' } })];
    const all = [body, removal('note', [1, 2]), ...others];
    const place = (await findPlaces(all, cases, matrix, wordRules.placeKind)).get('body');
    expect(place && rulesHiddenFrom(place, all)).toEqual([1, 2, 'named']);
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

  it('is never one that is not known, or of a place where no attack was blocked', async () => {
    const { cases } = await priced([dear]);
    const unknown = [dear, { ...free, detectionLoss: { lost: 0, blockedBefore: 0 } }];
    expect(refuse(unknown, cases, 0)).toEqual({ exclusions: unknown, refused: [] });
  });

  it('is refused by a sample only where that leaves no doubt', async () => {
    const { cases } = await priced([dear, free]);
    const sampled = (lost: number, blockedBefore: number) => [
      { ...dear, detectionLoss: { lost, blockedBefore } },
      free,
    ];
    expect(refuseBySample(sampled(3, 6), cases, 40)).toEqual({ exclusions: sampled(3, 6), refused: [] });
    expect(refuseBySample(sampled(300, 600), cases, 40).refused.map(({ reason }) => reason)).toEqual([
      'it lets 50.0 % of the attacks through, and 40 % are allowed (by a sample: 300 of 600)',
      'its cases stay blocked without one that costs too much',
    ]);
  });

  it('takes with it what serves one of several cases that stay blocked', async () => {
    const { exclusions, cases } = await priced([dear, free]);
    const other = await judged('other', post('/a', [['note', 'a select']]), rules);
    expect(refuse(exclusions, [other, ...cases], 40).exclusions).toEqual([]);
  });
});
