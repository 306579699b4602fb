import { describe, expect, test } from 'vitest';
import type { Form } from '../../../../src/contract/prover.js';
import type { RuleHit } from '../../../../src/model/evidence.js';
import type { ExclusionChange } from '../../../../src/model/exclusion.js';
import type { RequestSpec } from '../../../../src/model/request.js';
import { bodyForms } from '../../../../src/waf/modsecurity/prover/body-forms.js';
import { endpoint, hitOf, whereInWords } from '../../../exclude/exclusions.js';
import { request } from '../../../exclude/searching.js';

const unparsed = hitOf(200_002, 'REQBODY_ERROR', { reason: 'JSON parsing error' });
const sent = (type: string, text: string): RequestSpec => ({
  ...request,
  headers: [['Content-Type', type]],
  body: { kind: 'raw', content: { text } },
});

function formsFor(hit: RuleHit, one: RequestSpec, allowUnread = false): readonly string[] | undefined {
  const others = (): readonly Form[] => [];
  return bodyForms(hit, { endpoint, request: one, refused: [one] }, { allowUnread, others })?.map(told);
}

function told({ changes, scope, refusal }: Form): string {
  return `${refusal === undefined ? '' : 'refused: '}${changes.map(inWords).join(' and ')} ${whereInWords(scope)}`;
}

function inWords(change: ExclusionChange): string {
  switch (change.effect) {
    case 'read-body-as':
      return `${change.reading}${change.insteadOf === undefined ? '' : ` instead of ${change.insteadOf}`}`;
    case 'raise-limit':
      return `${change.limit} of ${change.value}`;
    default:
      return change.effect;
  }
}

describe('a body that the engine could not read', () => {
  test.each([
    ['several JSON documents', 'application/json', '{"a":1}\n{"b":2}', ['form instead of 200001']],
    ['XML that is called JSON', 'application/json', '<a>b</a>', ['xml instead of 200001', 'form instead of 200001']],
    ['JSON that is called XML', 'text/xml', '{"a":1}', ['json instead of 200000', 'form instead of 200000']],
    ['a form that is called JSON', 'application/json', 'a=b', ['form instead of 200001']],
  ])('is read as what it is: %s', (_, type, text, readings) => {
    const expected = [...readings, 'refused: leave-body-unread'].map((form) => `${form} at POST /a`);
    expect(formsFor(unparsed, sent(type, text))).toEqual(expected);
  });

  test('is let through unread only where the user allows it', () => {
    const one = sent('application/json', '\0\x01\x02');
    expect(formsFor(unparsed, one)).toEqual(['refused: leave-body-unread at POST /a']);
    expect(formsFor(unparsed, one, true)).toEqual(['leave-body-unread at POST /a']);
  });

  test('for a limit has no form but a higher limit, for the path before all others', () => {
    const hit = hitOf(200_002, 'REQBODY_ERROR', { reason: 'Parsing depth limit exceeded' });
    expect(formsFor(hit, sent('application/json', '[[1]]'), true)).toEqual([
      'json-depth of 4 at /a',
      'json-depth of 4 everywhere',
    ]);
  });
});

describe('a rule that looks at names and values where there are none', () => {
  const form = 'application/x-www-form-urlencoded';
  const atName = hitOf(921_150, 'ARGS_NAMES:-----BEGIN');

  test('is removed where text is sent as a form, and not where that is binary', () => {
    expect(formsFor(atName, sent(form, '-----BEGIN X-----\nMIIB+abc/def\n'))).toEqual(['remove-rule at POST /a']);
    expect(formsFor(atName, sent(form, '\0\x01\x02'))).toEqual(['refused: remove-rule at POST /a']);
    expect(formsFor(atName, sent(form, '\0\x01\x02'), true)).toEqual(['remove-rule at POST /a']);
  });

  test('has the body read as what it is first', () => {
    expect(formsFor(atName, sent(form, '{"a":1}'))?.[0]).toBe('json at POST /a');
    expect(formsFor(atName, sent(form, '<a>b</a>'))).toEqual(['xml at POST /a']);
  });

  test.each([
    ['a form', sent(form, 'a=b&c=d'), atName],
    ['JSON that is read as such', sent('application/json', '{"a":1}'), hitOf(942_100, 'ARGS:json.a')],
    ['a header', sent(form, '{"a":1}'), hitOf(942_100, 'REQUEST_HEADERS:A')],
    ['no body', { ...request, body: { kind: 'none' } } as const, atName],
  ])('is none of these for %s', (_, one, hit) => {
    expect(formsFor(hit, one)).toBeUndefined();
  });
});
