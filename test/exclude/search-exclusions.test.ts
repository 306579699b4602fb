import { describe, expect, it } from 'vitest';
import type { Form, Possibilities } from '../../src/contract/prover.js';
import type { Subject } from '../../src/exclude/search-exclusions.js';
import { formatVariable, type RuleHit, type Variable } from '../../src/model/evidence.js';
import type { Exclusion } from '../../src/model/exclusion.js';
import { variableOf } from './exclusions.js';
import { type Answer, allowing, anything, search, subject } from './searching.js';

function arg(key: string): Variable {
  return { collection: 'ARGS', key };
}

function textOf(exclusion: Exclusion): string | undefined {
  const variable = variableOf(exclusion);
  return variable && formatVariable(variable);
}

function hit(ruleId: number, variable: Variable, more: Partial<RuleHit> = {}): RuleHit {
  return { ruleId, message: '', tags: [], variable, variableSource: 'logged', ...more };
}

function excludes(exclusions: readonly Exclusion[], ruleId: number, variable: string | undefined): boolean {
  return exclusions.some((one) => one.ruleIds.includes(ruleId) && textOf(one) === variable);
}

const wholeRuleForm: Form = {
  changes: [{ effect: 'remove-rule' }],
  scope: { method: 'POST', path: '/a' },
  isWholeRule: true,
  isWide: true,
  done: 'it is removed',
};

describe('the search for exclusions', () => {
  it('takes a named variable at one endpoint where that helps', () => {
    const { exclusions, unsolved } = search([subject('s', hit(1, arg('x')), hit(2, arg('x')))], () => []);
    expect(exclusions).toMatchObject([
      { effect: 'remove-target', ruleIds: [1, 2], variable: arg('x'), scope: { method: 'POST', path: '/a' } },
    ]);
    expect(exclusions[0]).not.toHaveProperty('widerBecause');
    expect(unsolved).toEqual([]);
  });

  it('follows hits that were hidden behind others', () => {
    const answer: Answer = (exclusions) => (excludes(exclusions, 2, 'ARGS:y') ? [] : [subject('s', hit(2, arg('y')))]);
    const { exclusions } = search([subject('s', hit(1, arg('x')))], answer);
    expect(exclusions.map(({ ruleIds }) => ruleIds)).toEqual(expect.arrayContaining([[1], [2]]));
  });

  it('climbs to an alternative, then to all of them together, then to the rule, and says why', () => {
    const alternatives: Variable[] = [{ collection: 'TX', key: 'x' }];
    const stubborn = subject('s', hit(7, arg('x'), { alternatives }));
    const tried: string[] = [];
    const { exclusions } = search([stubborn], (now) => {
      const names = now.map((one) => textOf(one) ?? 'rule');
      tried.push(`${names.sort().join('+')} ${now[0]?.scope.path ?? 'everywhere'}`);
      return now[0]?.effect === 'remove-rule' ? [] : [stubborn];
    });
    expect(tried).toEqual(['ARGS:x /a', 'TX:x /a', 'ARGS:x+TX:x /a', 'rule /a']);
    expect(exclusions[0]?.widerBecause).toBe(
      'rule 7 still fires when ARGS:x is taken from it; rule 7 still fires when TX:x is taken from it; rule 7 still fires when ARGS:x and TX:x are taken from it',
    );
    expect(exclusions[0]?.ladder?.map(({ outcome }) => outcome)).toEqual([
      'insufficient',
      'insufficient',
      'insufficient',
      'impossible',
      'impossible',
      'chosen',
    ]);
  });

  it('takes several variables together where no single one is enough', () => {
    const alternatives: Variable[] = [{ collection: 'REQUEST_BODY' }];
    const stubborn = subject('s', hit(7, arg('x'), { alternatives }));
    const { exclusions } = search([stubborn], (now) => (now.length === 2 ? [] : [stubborn]));
    expect(exclusions.map(textOf).sort()).toEqual(['ARGS:x', 'REQUEST_BODY']);
    expect(exclusions.every(({ widerBecause }) => widerBecause === undefined)).toBe(true);
  });

  it('changes a setting where that is the right thing, and goes on to the variable where it does not help', () => {
    const setting = { name: 'allowed_methods', value: 'GET PUT' };
    const method = subject('s', hit(911100, { collection: 'REQUEST_METHOD' }));
    const possible = allowing({ settingFor: () => setting });
    expect(search([method], () => [], possible).exclusions).toMatchObject([
      { effect: 'change-setting', setting, ruleIds: [911100], scope: { method: 'POST', path: '/a' } },
    ]);
    expect(search([method], () => [], possible).exclusions[0]).not.toHaveProperty('widerBecause');
    const stubborn = (now: readonly Exclusion[]) => (now[0]?.effect === 'change-setting' ? [method] : []);
    expect(search([method], stubborn, possible).exclusions).toMatchObject([
      { effect: 'remove-target', variable: { collection: 'REQUEST_METHOD' } },
    ]);
  });

  it('does not guess a variable that the log does not tell', () => {
    const { exclusions } = search(
      [subject('s', hit(7, { collection: 'UNKNOWN' }, { variableSource: 'unknown' }))],
      () => [],
    );
    expect(exclusions).toMatchObject([
      { effect: 'remove-rule', ruleIds: [7], widerBecause: 'the log does not say which variable rule 7 matched' },
    ]);
  });

  it('leaves untouchable rules alone and says so', () => {
    const first = [subject('s', hit(949110, arg('x')))];
    const possible: Possibilities = { ...anything, untouchable: () => 'it evaluates the score' };
    expect(search(first, () => first, possible)).toEqual({
      exclusions: [],
      unsolved: [{ subject: 's', ruleId: 949110, reason: 'it evaluates the score' }],
    });
  });

  it('takes no form that is refused, though the engine could be told it', () => {
    const first = [subject('s', hit(1, arg('x')))];
    const refused: Form = { ...wholeRuleForm, refusal: 'it opens a door' };
    expect(search(first, () => first, { ...anything, forms: () => [refused] })).toEqual({
      exclusions: [],
      unsolved: [{ subject: 's', ruleId: 1, reason: 'it opens a door' }],
    });
  });

  it('passes over forms that the engine cannot be told', () => {
    const possible: Possibilities = {
      ...anything,
      obstacle: ({ scope }) => (scope.path === undefined ? undefined : 'it cannot be spelled'),
    };
    const { exclusions } = search([subject('s', hit(1, arg('a b')))], () => [], possible);
    expect(exclusions).toMatchObject([{ scope: {}, widerBecause: 'it cannot be spelled' }]);
  });

  it('gives up on what nothing clears', () => {
    const first = [subject('s', hit(1, arg('x')))];
    const { unsolved, exclusions } = search(first, () => first);
    expect(unsolved).toEqual([{ subject: 's', ruleId: 1, reason: 'rule 1 still fires when it is removed' }]);
    expect(exclusions).toEqual([]);
  });

  it('gives an exclusion the same id whatever else is excluded', () => {
    const idOf = (subjects: readonly Subject[]) =>
      search(subjects, () => []).exclusions.find((one) => variableOf(one)?.key === 'x')?.id;
    const alone = idOf([subject('s', hit(1, arg('x')))]);
    expect(idOf([subject('s', hit(1, arg('x')), hit(9, arg('y')))])).toBe(alone);
  });

  it('shows the forms of a hit all requests to its endpoint on which the rule fires, each once', () => {
    const at = (id: string, path: string, ...hits: RuleHit[]): Subject => {
      const one = subject(id, ...hits);
      return { ...one, endpoint: { ...one.endpoint, path }, request: { ...one.request, path: `${path}?${id}` } };
    };
    const subjects = [
      at('both', '/a', hit(1, arg('x')), hit(1, arg('y')), hit(2, arg('x'))),
      at('one', '/a', hit(1, arg('x'))),
      at('elsewhere', '/b', hit(1, arg('x'))),
    ];
    const seen = new Map<string, readonly string[]>();
    const possible: Possibilities = {
      ...anything,
      forms(one, place) {
        const key = `${one.ruleId} ${formatVariable(one.variable)} ${place.endpoint.path}`;
        seen.set(
          key,
          place.refused.map(({ path }) => path),
        );
        return anything.forms(one, place);
      },
    };
    search(subjects, () => [], possible);
    expect(Object.fromEntries(seen)).toEqual({
      '1 ARGS:x /a': ['/a?both', '/a?one'],
      '1 ARGS:y /a': ['/a?both', '/a?one'],
      '2 ARGS:x /a': ['/a?both'],
      '1 ARGS:x /b': ['/b?elsewhere'],
    });
  });

  it('says so where a hit has no form of an exclusion', () => {
    const first = [subject('s', hit(1, arg('x')))];
    expect(search(first, () => first, { ...anything, forms: () => [] })).toEqual({
      exclusions: [],
      unsolved: [{ subject: 's', ruleId: 1, reason: 'no exclusion clears it' }],
    });
  });

  it('says why an exclusion is wide in the words of its form', () => {
    const because = 'its names change';
    const possible: Possibilities = { ...anything, forms: () => [{ ...wholeRuleForm, because }] };
    const { exclusions } = search([subject('s', hit(1, arg('x')))], () => [], possible);
    expect(exclusions).toMatchObject([{ effect: 'remove-rule', widerBecause: because }]);
  });
});
