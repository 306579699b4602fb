import { describe, expect, test } from 'vitest';
import { type Form, formsOf, isWide, widens } from '../../src/exclude/forms.js';
import { formatVariable, type RuleHit } from '../../src/model/evidence.js';
import type { ExclusionScope } from '../../src/model/exclusion.js';
import { endpoint, hitOf, variable } from './exclusions.js';

const setting = { name: 'allowed_methods', value: 'GET PUT' };

/** `ARGS:a and TX:b at POST /a`; a rule as a whole has no variables. */
function told({ variables, setting: changed, scope }: Form): string {
  const names = changed?.name ?? (variables.map(formatVariable).join(' and ') || 'the rule');
  const where = [scope.method, scope.path].filter((part) => part !== undefined).join(' ');
  return `${names} ${where === '' ? 'everywhere' : `at ${where}`}`;
}

function forms(hit: RuleHit, scope: ExclusionScope = endpoint, changed?: Form['setting']): readonly string[] {
  return formsOf(hit, scope, changed).map(told);
}

describe('the forms of an exclusion, from narrow to wide', () => {
  test('for a variable that is known', () => {
    expect(forms(hitOf(7, 'ARGS:a'))).toEqual([
      'ARGS:a at POST /a',
      'ARGS:a at /a',
      'ARGS:a everywhere',
      'the rule at POST /a',
    ]);
  });

  test('with others through which the rule may be silenced', () => {
    expect(forms(hitOf(7, 'ARGS:a', { alternatives: [variable('TX:b'), variable('TX:c')] }))).toEqual([
      'ARGS:a at POST /a',
      'TX:b at POST /a',
      'TX:c at POST /a',
      'ARGS:a and TX:b and TX:c at POST /a',
      'ARGS:a at /a',
      'ARGS:a everywhere',
      'the rule at POST /a',
    ]);
  });

  test('with a setting that the rule compares with first', () => {
    expect(forms(hitOf(7, 'REQUEST_METHOD'), endpoint, setting).slice(0, 2)).toEqual([
      'allowed_methods at POST /a',
      'REQUEST_METHOD at POST /a',
    ]);
  });

  test('without a path of their own where there is none', () => {
    expect(forms(hitOf(7, 'ARGS:a'), {})).toEqual(['ARGS:a everywhere', 'ARGS:a everywhere', 'the rule everywhere']);
  });
});

describe('a variable that the log does not tell', () => {
  const unknown = (...names: readonly string[]) =>
    forms(hitOf(7, 'UNKNOWN', { variableSource: 'unknown', alternatives: names.map(variable) }));

  test('is not excluded: the rule is', () => {
    expect(unknown()).toEqual(['the rule at POST /a']);
  });

  test('is the one that it may be', () => {
    expect(unknown('ARGS:a')).toEqual(['ARGS:a at POST /a', 'the rule at POST /a']);
  });

  test('is none of several by itself, but all of them together', () => {
    expect(unknown('ARGS:a', 'ARGS:b')).toEqual(['ARGS:a and ARGS:b at POST /a', 'the rule at POST /a']);
  });
});

describe('a form is wide', () => {
  const named = { variables: [variable('ARGS:a')] };

  test.each<[string, Form, boolean]>([
    ['a variable at an endpoint', { ...named, scope: endpoint }, false],
    ['several variables at an endpoint', { variables: [variable('ARGS:a'), variable('TX:b')], scope: endpoint }, false],
    ['a setting, wherever it is changed', { variables: [], setting, scope: {} }, false],
    ['a variable at a path', { ...named, scope: { path: '/a' } }, true],
    ['a variable by a method', { ...named, scope: { method: 'POST' } }, true],
    ['a variable everywhere', { ...named, scope: {} }, true],
    ['a rule at an endpoint', { variables: [], scope: endpoint }, true],
  ])('%s: %j is %s', (_, form, wide) => {
    expect(isWide(form)).toBe(wide);
  });
});

describe('a form widens one that was tried', () => {
  const tried: Form = { variables: [variable('ARGS:a')], scope: endpoint };

  test('where it takes the same variables away in more requests', () => {
    expect(widens({ ...tried, scope: { path: '/a' } }, tried)).toBe(true);
    expect(widens({ ...tried, variables: [variable('ARGS:b')], scope: {} }, tried)).toBe(false);
    expect(widens({ ...tried, variables: [...tried.variables, variable('TX:b')] }, tried)).toBe(false);
  });

  test('and neither the rule as a whole nor a setting does', () => {
    const rule: Form = { variables: [], scope: endpoint };
    const changed: Form = { ...rule, setting };
    expect(widens(rule, changed)).toBe(false);
    expect(widens(changed, rule)).toBe(false);
    expect(widens(rule, rule)).toBe(false);
  });
});
