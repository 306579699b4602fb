import { describe, expect, test } from 'vitest';
import type { Form } from '../../../../src/contract/prover.js';
import { formatVariable } from '../../../../src/model/evidence.js';
import type { ExclusionChange } from '../../../../src/model/exclusion.js';
import { isUnfinishedHit, unfinishedForms } from '../../../../src/waf/modsecurity/prover/unfinished-forms.js';
import { endpoint, hitOf, variable, whereInWords } from '../../../exclude/exclusions.js';
import { nothing, request } from '../../../exclude/searching.js';

const reason = 'ran out of the limit for regular expressions (SecPcreMatchLimit)';
const form = { name: 'Content-Type', value: 'application/x-www-form-urlencoded' };
const sent = {
  ...request,
  headers: [[form.name, form.value] as const],
  body: { kind: 'form', fields: [['title', 'short'] as const, ['text', 'long '.repeat(99)] as const] },
} as const;

function formsFor(hit: Parameters<typeof unfinishedForms>[0], ...names: readonly string[]): readonly string[] {
  const place = { endpoint, request: sent, refused: [sent] };
  return unfinishedForms(hit, place, { ...nothing, eligible: () => names.map(variable) }).map(told);
}

function told({ changes, scope }: Form): string {
  return `${changes.map(inWords).join(' and ')} ${whereInWords(scope)}`;
}

function inWords(change: ExclusionChange): string {
  switch (change.effect) {
    case 'raise-limit':
      return `${change.limit} of ${change.value}`;
    case 'remove-target':
      return formatVariable(change.variable);
    default:
      return change.effect;
  }
}

const limits = [
  'matching of 100000 at /a',
  'matching of 100000 everywhere',
  'matching of 500000 at /a',
  'matching of 500000 everywhere',
];

describe('a rule that the engine could not finish', () => {
  const unknown = hitOf(942_360, 'UNKNOWN', { variableSource: 'unknown', reason });

  test('is known by its reason, and the rule that refuses for it by its number', () => {
    expect(isUnfinishedHit(unknown)).toBe(true);
    expect(isUnfinishedHit(hitOf(200_005, 'TX:MSC_PCRE_LIMITS_EXCEEDED'))).toBe(true);
    expect(isUnfinishedHit(hitOf(942_360, 'ARGS:a'))).toBe(false);
    expect(isUnfinishedHit(hitOf(942_360, 'ARGS:a', { reason: 'Parsing depth limit exceeded' }))).toBe(false);
  });

  test('is given more steps first, then the longest field is taken from it, then all that it looks at', () => {
    expect(formsFor(unknown, 'ARGS:title', 'ARGS:text')).toEqual([
      ...limits,
      'ARGS:text at POST /a',
      'ARGS:title at POST /a',
      'ARGS:title and ARGS:text at POST /a',
      'remove-rule at POST /a',
    ]);
  });

  test('has few fields taken by themselves', () => {
    const names = ['ARGS:title', 'ARGS:text', 'ARGS_NAMES:title', 'ARGS_NAMES:text'];
    expect(formsFor(unknown, ...names)).toHaveLength(limits.length + 3 + 2);
  });

  test('makes another one refuse, from which nothing is taken', () => {
    const refusing = hitOf(200_005, 'TX:MSC_PCRE_LIMITS_EXCEEDED', { reason: `rule 942360 ${reason}` });
    expect(formsFor(refusing)).toEqual(limits);
  });
});
