import { describe, expect, test } from 'vitest';
import type { RuleHit } from '../../src/model/evidence.js';
import type { CaseResult } from '../../src/model/report.js';
import type { RequestSpec } from '../../src/model/request.js';
import type { Verdict } from '../../src/model/verdict.js';
import { findCauses } from '../../src/triage/findings.js';
import { hit, request, result } from '../report/sample-report.js';

const falsePositive: Verdict = { kind: 'false-positive', detectedOnly: false };

function blocked(id: string, hits: readonly RuleHit[], parts: Partial<RequestSpec> = {}): CaseResult {
  return result({ id, hits, request: request(parts), verdict: falsePositive, asExpected: false });
}

const inHeader = hit({ variable: { collection: 'REQUEST_HEADERS', key: 'Referer' } });

describe('one finding', () => {
  test('is what has the same rule, variable, method and path, and names each case once', () => {
    const cases = [
      blocked('s/a', [hit(), hit({ matched: 'another text', message: 'worded otherwise' })]),
      blocked('s/b', [hit()], { path: '/api/comments?page=2' }),
    ];
    expect(findCauses(cases)).toEqual([
      {
        id: expect.stringMatching(/^942100-[0-9a-f]{8}$/),
        ruleId: 942100,
        message: 'SQL Injection Attack Detected via libinjection',
        variable: { collection: 'ARGS', key: 'comment' },
        method: 'POST',
        path: '/api/comments',
        cases: ['s/a', 's/b'],
      },
    ]);
  });

  test.each<[string, readonly RuleHit[], Partial<RequestSpec>]>([
    ['rule', [hit({ ruleId: 942190 })], {}],
    ['rule named by a text', [hit({ ruleId: '942100' })], {}],
    ['collection', [inHeader], {}],
    ['key', [hit({ variable: { collection: 'ARGS', key: 'Comment' } })], {}],
    ['whole collection', [hit({ variable: { collection: 'ARGS' } })], {}],
    ['method', [hit()], { method: 'PUT' }],
    ['path', [hit()], { path: '/api/comments/' }],
  ])('is not shared with another %s', (_, hits, parts) => {
    const findings = findCauses([blocked('s/a', [hit()]), blocked('s/b', hits, parts)]);
    expect(findings.map(({ cases }) => cases).toSorted()).toEqual([['s/a'], ['s/b']]);
    expect(new Set(findings.map(({ id }) => id)).size).toBe(2);
  });
});

describe('elements of an array', () => {
  const at = (index: number, field = 'text') =>
    hit({ variable: { collection: 'ARGS', key: `json.items.array_${index}.${field}` } });
  const variables = (...results: readonly CaseResult[]) => findCauses(results).map(({ variable }) => variable.key);

  test('are one variable where the rule was seen at two of them, in one case or in several', () => {
    expect(variables(blocked('s/a', [at(0), at(3)]))).toEqual(['json.items.array_*.text']);
    const [finding, ...others] = findCauses([blocked('s/a', [at(0)]), blocked('s/b', [at(1)])]);
    expect(finding).toMatchObject({ variable: { key: 'json.items.array_*.text' }, cases: ['s/a', 's/b'] });
    expect(others).toEqual([]);
  });

  test('keep their names where the rule was seen at one of them only', () => {
    expect(variables(blocked('s/a', [at(2)]), blocked('s/b', [at(2)]))).toEqual(['json.items.array_2.text']);
  });

  test('are not mixed with other fields, rules or paths', () => {
    const apart = [
      blocked('s/a', [at(0), at(1, 'title'), { ...at(2), ruleId: 942190 }]),
      blocked('s/b', [at(3)], { path: '/api/reviews' }),
    ];
    expect(variables(...apart).toSorted()).toEqual([
      'json.items.array_0.text',
      'json.items.array_1.title',
      'json.items.array_2.text',
      'json.items.array_3.text',
    ]);
  });
});

test('only false positives have causes', () => {
  const verdicts: Verdict[] = [
    { kind: 'let-through', nearMiss: true },
    { kind: 'attack-blocked', detectedOnly: false },
    { kind: 'attack-missed', nearMiss: true },
    { kind: 'unattributed-block', reason: '' },
    { kind: 'inconclusive', reason: '' },
    { kind: 'denied-elsewhere', layer: '', cause: '', because: '' },
  ];
  expect(findCauses(verdicts.map((verdict, i) => result({ id: `s/${i}`, verdict, hits: [hit()] })))).toEqual([]);
  expect(findCauses([blocked('s/a', [])])).toEqual([]);
});

test('a false positive that was only detected has them too', () => {
  const detected = result({ id: 's/a', verdict: { kind: 'false-positive', detectedOnly: true }, hits: [hit()] });
  expect(findCauses([detected])).toHaveLength(1);
});

describe('the order', () => {
  const cases = [
    blocked('s/a', [hit(), inHeader]),
    blocked('s/b', [inHeader, hit({ ruleId: 942190 })]),
    blocked('s/c', [inHeader], { method: 'PUT' }),
    blocked('s/d', [hit({ ruleId: 941100 })]),
  ];

  test('is most cases first, then by id', () => {
    const findings = findCauses(cases);
    expect(findings[0]?.cases).toEqual(['s/a', 's/b']);
    const others = findings.slice(1).map(({ id }) => id);
    expect(others).toEqual(others.toSorted());
    expect(others).toHaveLength(4);
  });

  test('and the ids are the same whatever order the cases have', () => {
    const ids = (results: readonly CaseResult[]) => findCauses(results).map(({ id }) => id);
    expect(ids(cases.toReversed())).toEqual(ids(cases));
  });

  test('ids stay what they are from version to version: baselines hold them', () => {
    expect(findCauses([blocked('s/a', [hit()])])[0]?.id).toBe('942100-073fd183');
  });
});
