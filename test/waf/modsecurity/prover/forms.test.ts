import { describe, expect, test } from 'vitest';
import type { Form } from '../../../../src/contract/prover.js';
import { formatVariable, type RuleHit } from '../../../../src/model/evidence.js';
import type { ExclusionChange } from '../../../../src/model/exclusion.js';
import { type FormSources, formsOf } from '../../../../src/waf/modsecurity/prover/forms.js';
import { endpoint, hitOf, variable, whereInWords } from '../../../exclude/exclusions.js';
import { nothing, request } from '../../../exclude/searching.js';

const setting = { name: 'allowed_methods', value: 'GET PUT' };

function formsFor(hit: RuleHit, sources: Partial<FormSources> = {}, sent = request): readonly Form[] {
  return formsOf(hit, { endpoint, request: sent, refused: [sent] }, { ...nothing, ...sources });
}

/** `ARGS:a and TX:b at POST /a`. */
function told({ changes, scope }: Form): string {
  return `${changes.map(nameOf).join(' and ')} ${whereInWords(scope)}`;
}

function nameOf(change: ExclusionChange): string {
  switch (change.effect) {
    case 'change-setting':
      return change.setting.name;
    case 'remove-target':
      return formatVariable(change.variable);
    case 'remove-rule':
      return 'the rule';
    default:
      return change.effect;
  }
}

function forms(hit: RuleHit, sources: Partial<FormSources> = {}): readonly string[] {
  return formsFor(hit, sources).map(told);
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
    expect(forms(hitOf(7, 'REQUEST_METHOD'), { settingFor: () => setting }).slice(0, 2)).toEqual([
      'allowed_methods at POST /a',
      'REQUEST_METHOD at POST /a',
    ]);
  });
});

describe('a variable that the log does not tell', () => {
  const unknown = (...names: readonly string[]) =>
    forms(hitOf(7, 'UNKNOWN', { variableSource: 'unknown' }), { eligible: () => names.map(variable) });

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
  const all = formsFor(hitOf(7, 'ARGS:a', { alternatives: [variable('TX:b')] }), { settingFor: () => setting });

  test.each([
    ['a variable at an endpoint', 'ARGS:a at POST /a', false],
    ['several variables at an endpoint', 'ARGS:a and TX:b at POST /a', false],
    ['a setting', 'allowed_methods at POST /a', false],
    ['a variable at a path', 'ARGS:a at /a', true],
    ['a variable everywhere', 'ARGS:a everywhere', true],
    ['a rule at an endpoint', 'the rule at POST /a', true],
  ])('%s: %s is %s', (_, name, wide) => {
    expect(all.filter((form) => told(form) === name)).toMatchObject([{ isWide: wide }]);
  });

  test('and takes the rule as a whole where it names neither a variable nor a setting', () => {
    expect(all.filter(({ isWholeRule }) => isWholeRule).map(told)).toEqual(['the rule at POST /a']);
  });
});

describe('a variable of a JSON body', () => {
  const names = ['ARGS:json.text', 'ARGS_NAMES:json.text', 'REQUEST_HEADERS:Referer'];
  const sent = { ...request, body: { kind: 'json', value: { text: 'a' } } } as const;
  const removals = (body = request) =>
    names
      .flatMap((name) => formsFor(hitOf(7, name), {}, body))
      .filter(({ isWholeRule }) => !isWholeRule)
      .flatMap(({ changes }) => changes);

  test('is marked, and nothing else of the request is', () => {
    const marked = removals(sent).filter((change) => 'json' in change);
    expect(marked.every((change) => change.effect === 'remove-target' && change.json === true)).toBe(true);
    expect([...new Set(marked.map(nameOf))]).toEqual(['ARGS:json.text', 'ARGS_NAMES:json.text']);
    expect(marked).toHaveLength(6);
    for (const change of removals()) expect(change).not.toHaveProperty('json');
  });

  test('knows its field', () => {
    expect(removals(sent)[0]).toMatchObject({ field: { kind: 'json', path: ['text'] } });
  });
});
