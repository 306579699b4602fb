import { describe, expect, test } from 'vitest';
import type { Form } from '../../../../src/contract/prover.js';
import { formatVariable, type RuleHit } from '../../../../src/model/evidence.js';
import type { ExclusionChange } from '../../../../src/model/exclusion.js';
import type { RequestBody, RequestSpec } from '../../../../src/model/request.js';
import { probeRequest } from '../../../../src/request/probe-request.js';
import { type FormSources, formsOf } from '../../../../src/waf/modsecurity/prover/forms.js';
import { endpoint, hitOf, variable } from '../../../exclude/exclusions.js';

const nothing: FormSources = { settingFor: () => undefined, eligible: () => [] };

function requestWith(body: RequestBody): RequestSpec {
  return { ...probeRequest(), ...endpoint, body };
}

const plain = requestWith({ kind: 'none' });

function allForms(hit: RuleHit, sources: Partial<FormSources> = {}, request = plain): readonly Form[] {
  return formsOf(hit, { endpoint, request, refused: [request] }, { ...nothing, ...sources });
}

/** `ARGS:a and TX:b at POST /a`. */
function told({ changes, scope }: Form): string {
  const where = [scope.method, scope.path].filter((part) => part !== undefined).join(' ');
  return `${changes.map(changed).join(' and ')} ${where === '' ? 'everywhere' : `at ${where}`}`;
}

function changed(change: ExclusionChange): string {
  if (change.effect === 'change-setting') return change.setting.name;
  return change.effect === 'remove-target' ? formatVariable(change.variable) : 'the rule';
}

function forms(hit: RuleHit, sources: Partial<FormSources> = {}): readonly string[] {
  return allForms(hit, sources).map(told);
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
    const settingFor = () => ({ name: 'allowed_methods', value: 'GET PUT' });
    expect(forms(hitOf(7, 'REQUEST_METHOD'), { settingFor }).slice(0, 2)).toEqual([
      'allowed_methods at POST /a',
      'REQUEST_METHOD at POST /a',
    ]);
  });

  test('are wide beyond one endpoint, and where the rule goes', () => {
    const wide = allForms(hitOf(7, 'ARGS:a')).filter(({ isWide }) => isWide);
    expect(wide.map(told)).toEqual(['ARGS:a at /a', 'ARGS:a everywhere', 'the rule at POST /a']);
    expect(wide.filter(({ isWholeRule }) => isWholeRule).map(told)).toEqual(['the rule at POST /a']);
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

describe('a change of a form', () => {
  const inJson = requestWith({ kind: 'json', value: { text: 'x' } });
  const changesOf = (name: string, request: RequestSpec) => allForms(hitOf(7, name), {}, request)[0]?.changes;

  test('knows the field of its variable, and that its name is one from JSON', () => {
    expect(changesOf('ARGS:json.text', inJson)).toEqual([
      {
        effect: 'remove-target',
        variable: variable('ARGS:json.text'),
        field: { kind: 'json', path: ['text'] },
        json: true,
      },
    ]);
  });

  test('is not marked so beside the arguments, nor in another body', () => {
    expect(changesOf('TX:1', inJson)).toEqual([{ effect: 'remove-target', variable: variable('TX:1') }]);
    for (const change of changesOf('ARGS:a', plain) ?? []) expect(change).not.toHaveProperty('json');
  });
});
