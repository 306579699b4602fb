import { describe, expect, test } from 'vitest';
import type { Form, Possibilities } from '../../src/contract/prover.js';
import type { Subject } from '../../src/exclude/search-exclusions.js';
import type { Exclusion, ExclusionChange, ExclusionScope } from '../../src/model/exclusion.js';
import { endpoint, hitOf, inWords, ladderInWords, variable } from './exclusions.js';
import { allowing, anything, request, search, subject } from './searching.js';

const words = (exclusions: readonly Exclusion[]) => exclusions.map(inWords).toSorted();

/** Whether exclusions say this. */
const say = (exclusions: readonly Exclusion[], text: string) => words(exclusions).includes(text);

describe('hits that need the same exclusion', () => {
  test('share it, with their rules in order and each once', () => {
    const first = [subject('s', hitOf(30, 'ARGS:x'), hitOf(4, 'ARGS:x')), subject('t', hitOf(100, 'ARGS:x'))];
    const { exclusions } = search([...first, subject('u', hitOf(4, 'ARGS:x'))], () => []);
    expect(words(exclusions)).toEqual(['4, 30, 100 without ARGS:x at POST /a']);
    expect(exclusions.map(ladderInWords)).toEqual([
      [
        'chosen: 4, 30, 100 without ARGS:x at POST /a',
        'wider: 4, 30, 100 without ARGS:x at /a',
        'wider: 4, 30, 100 without ARGS:x everywhere',
        'wider: 4, 30, 100 removed at POST /a',
      ],
    ]);
  });

  test('are the same whatever order they come in', () => {
    const hits = ['ARGS:a', 'ARGS:b', 'ARGS:c', 'ARGS:d'].map((name) => hitOf(7, name));
    const ids = (order: typeof hits) => search([subject('s', ...order)], () => []).exclusions.map(({ id }) => id);
    expect(ids(hits)).toHaveLength(4);
    expect(ids(hits.toReversed())).toEqual(ids(hits));
    expect(ids(hits)).toEqual(ids(hits).toSorted());
  });
});

describe('a rule that must be removed at an endpoint', () => {
  const stubborn = subject('s', hitOf(7, 'ARGS:x'));
  const elsewhere = { endpoint: { ...endpoint, path: '/b' }, request: { ...request, path: '/b' } };
  const others: Subject = { ...subject('t', hitOf(7, 'ARGS:z')), ...elsewhere };

  test('loses no variable there beside that, and what it loses elsewhere stays', () => {
    const first = [stubborn, subject('u', hitOf(7, 'ARGS:y'), hitOf(8, 'ARGS:y')), others];
    const { exclusions } = search(first, (now) => (say(now, '7 removed at POST /a') ? [] : [stubborn]));
    expect(words(exclusions)).toEqual([
      '7 removed at POST /a',
      '7 without ARGS:z at POST /b',
      '8 without ARGS:y at POST /a',
    ]);
  });

  test('says why, once for each narrower form that did not help', () => {
    const { exclusions } = search([stubborn], (now) => (say(now, '7 removed at POST /a') ? [] : [stubborn]));
    expect(exclusions[0]?.widerBecause).toBe('rule 7 still fires when ARGS:x is taken from it');
    expect(exclusions.flatMap(ladderInWords)).toEqual([
      'insufficient: 7 without ARGS:x at POST /a',
      'impossible: 7 without ARGS:x at /a',
      'impossible: 7 without ARGS:x everywhere',
      'chosen: 7 removed at POST /a',
    ]);
  });

  test('shares that with other rules, and what differs in the number of the rule is said once', () => {
    const both = subject('s', hitOf(942100, 'ARGS:x'), hitOf(7, 'ARGS:x'));
    const { exclusions } = search([both], (now) => (say(now, '7, 942100 removed at POST /a') ? [] : [both]));
    expect(exclusions.flatMap(ladderInWords)).toEqual([
      'insufficient: 7, 942100 without ARGS:x at POST /a',
      'impossible: 7, 942100 without ARGS:x at /a',
      'impossible: 7, 942100 without ARGS:x everywhere',
      'chosen: 7, 942100 removed at POST /a',
    ]);
  });
});

test('what a form takes from a rule stands on its rung: several variables, or none where the rule goes', () => {
  const several = subject('s', hitOf(7, 'ARGS:x', { alternatives: [variable('TX:1')] }));
  const { exclusions } = search([several], (now) => (say(now, '7 removed at POST /a') ? [] : [several]));
  expect(exclusions.flatMap(({ ladder = [] }) => ladder.map((rung) => rung.variables))).toEqual([
    [variable('ARGS:x')],
    [variable('TX:1')],
    [variable('ARGS:x'), variable('TX:1')],
    [variable('ARGS:x')],
    [variable('ARGS:x')],
    [],
  ]);
});

describe('a setting that does not help', () => {
  const setting = { name: 'allowed_methods', value: 'GET PUT', written: 'TX:allowed_methods' };
  const possible = allowing({ settingFor: (ruleId) => (ruleId === 911100 ? setting : undefined) });
  const stubborn = subject('s', hitOf(911100, 'REQUEST_METHOD'));

  const changed = '911100 with allowed_methods=GET PUT at POST /a';

  test('stands on the ladder before the wider forms', () => {
    const { exclusions } = search([stubborn], (now) => (say(now, changed) ? [stubborn] : []), possible);
    expect(exclusions.flatMap(ladderInWords)).toEqual([
      'insufficient: 911100 with a setting at POST /a',
      'chosen: 911100 without REQUEST_METHOD at POST /a',
      'wider: 911100 without REQUEST_METHOD at /a',
      'wider: 911100 without REQUEST_METHOD everywhere',
      'wider: 911100 removed at POST /a',
    ]);
  });

  test('is a reason for a wider form', () => {
    const removed = '911100 removed at POST /a';
    const { exclusions } = search([stubborn], (now) => (say(now, removed) ? [] : [stubborn]), possible);
    expect(exclusions[0]?.widerBecause).toBe(
      'rule 911100 still fires when TX:allowed_methods is GET PUT; rule 911100 still fires when REQUEST_METHOD is taken from it',
    );
  });

  test('stands before the wider forms of rules that have none, too', () => {
    const first: Subject = { ...stubborn, hits: [hitOf(920, 'REQUEST_METHOD'), ...stubborn.hits] };
    const { exclusions } = search([first], (now) => (say(now, changed) ? [stubborn] : []), possible);
    const rungs = exclusions.flatMap(ladderInWords);
    expect(words(exclusions)).toEqual(['920, 911100 without REQUEST_METHOD at POST /a']);
    expect(rungs.slice(0, 2).toSorted()).toEqual([
      'chosen: 920, 911100 without REQUEST_METHOD at POST /a',
      'insufficient: 911100 with a setting at POST /a',
    ]);
    expect(rungs.slice(2)).toEqual([
      'wider: 920, 911100 without REQUEST_METHOD at /a',
      'wider: 920, 911100 without REQUEST_METHOD everywhere',
      'wider: 920, 911100 removed at POST /a',
    ]);
  });
});

describe('what cannot be excluded', () => {
  test('is a set of variables of which one cannot be told', () => {
    const stubborn = subject('s', hitOf(7, 'ARGS:x', { alternatives: [variable('TX:a b')] }));
    const possible: Possibilities = {
      ...anything,
      obstacle: (one) => (inWords(one).includes('TX:') ? 'it cannot be spelled' : undefined),
    };
    const removed = '7 removed at POST /a';
    const { exclusions } = search([stubborn], (now) => (say(now, removed) ? [] : [stubborn]), possible);
    expect(exclusions[0]?.widerBecause).toBe('rule 7 still fires when ARGS:x is taken from it; it cannot be spelled');
    expect(exclusions.flatMap(ladderInWords).slice(0, 3)).toEqual([
      'insufficient: 7 without ARGS:x at POST /a',
      'impossible: 7 without TX:a b at POST /a',
      'impossible: 7 without ARGS:x and TX:a b at POST /a',
    ]);
  });

  test('is a rule as a whole where only its variables may be taken', () => {
    const first = [subject('s', hitOf(7, 'ARGS:x'))];
    const possible: Possibilities = {
      ...anything,
      untouchable: (_, whole) => (whole ? 'other rules need it' : undefined),
    };
    expect(search(first, () => first, possible).unsolved).toEqual([
      { subject: 's', ruleId: 7, reason: 'other rules need it' },
    ]);
    expect(words(search(first, () => [], possible).exclusions)).toEqual(['7 without ARGS:x at POST /a']);
  });

  test('keeps its reason while the search goes on for others', () => {
    const hopeless = subject('s', hitOf(1, 'ARGS:x'));
    const long = subject('t', hitOf(7, 'ARGS:y', { alternatives: [variable('TX:1'), variable('TX:2')] }));
    const removed = '7 removed at POST /a';
    const { exclusions, unsolved } = search([hopeless, long], (now) =>
      say(now, removed) ? [hopeless] : [hopeless, long],
    );
    expect(unsolved).toEqual([{ subject: 's', ruleId: 1, reason: 'rule 1 still fires when it is removed' }]);
    expect(words(exclusions)).toEqual([removed]);
  });
});

describe('a form that is wider than one that was tried', () => {
  const named: ExclusionChange = { effect: 'remove-target', variable: variable('ARGS:a') };
  const another: ExclusionChange = { effect: 'remove-target', variable: variable('TX:b') };
  const setting: ExclusionChange = { effect: 'change-setting', setting: { name: 'max_num_args', value: '9' } };
  const rule: ExclusionChange = { effect: 'remove-rule' };

  function form(changes: Form['changes'], scope: ExclusionScope = endpoint): Form {
    const isWholeRule = changes[0].effect === 'remove-rule';
    return { changes, scope, isWholeRule, isWide: isWholeRule, done: 'it is tried' };
  }

  /** What is tried of these forms where none of them helps. */
  function tried(...forms: readonly Form[]): readonly (readonly string[])[] {
    const stubborn = [subject('s', hitOf(7, 'ARGS:a'))];
    const sets: (readonly string[])[] = [];
    search(
      stubborn,
      (now) => {
        sets.push(words(now));
        return stubborn;
      },
      { ...anything, forms: () => forms },
    );
    return sets;
  }

  test('is not tried where it takes the same variables away in more requests', () => {
    expect(tried(form([named]), form([named], { path: '/a' }))).toEqual([['7 without ARGS:a at POST /a']]);
    expect(tried(form([named]), form([another], {}))).toEqual([
      ['7 without ARGS:a at POST /a'],
      ['7 without TX:b everywhere'],
    ]);
    expect(tried(form([named]), form([named, another]))).toEqual([
      ['7 without ARGS:a at POST /a'],
      ['7 without ARGS:a at POST /a', '7 without TX:b at POST /a'],
    ]);
  });

  test('is neither the rule as a whole nor a setting', () => {
    const [changed, removed] = ['7 with max_num_args=9 at POST /a', '7 removed at POST /a'];
    expect(tried(form([setting]), form([rule]))).toEqual([[changed], [removed]]);
    expect(tried(form([rule]), form([setting]))).toEqual([[removed], [changed]]);
  });
});
