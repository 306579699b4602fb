import { describe, expect, test } from 'vitest';
import type { RuleHit } from '../../src/model/evidence.js';
import type { CaseResult } from '../../src/model/report.js';
import type { RequestSpec } from '../../src/model/request.js';
import type { Verdict } from '../../src/model/verdict.js';
import { locateHits } from '../../src/pipeline/locate-hits.js';
import { findCauses } from '../../src/triage/findings.js';
import { modsecurityFieldNames } from '../../src/waf/modsecurity/field-names.js';
import { hit, request, result } from '../report/sample-report.js';

const falsePositive: Verdict = { kind: 'false-positive', detectedOnly: false };

function blocked(id: string, hits: readonly RuleHit[], parts: Partial<RequestSpec> = {}): CaseResult {
  const spec = request(parts);
  const located = locateHits(hits, modsecurityFieldNames.fieldsIn(spec));
  return result({ id, hits: located, request: spec, verdict: falsePositive, asExpected: false });
}

function causes(results: readonly CaseResult[]) {
  return findCauses(results, modsecurityFieldNames.generalise);
}

const inHeader = hit({ variable: { collection: 'REQUEST_HEADERS', key: 'Referer' } });

describe('one finding', () => {
  test('is what has the same rule, variable, method and path, and names each case once', () => {
    const cases = [
      blocked('s/a', [hit(), hit({ matched: 'another text', message: 'worded otherwise' })]),
      blocked('s/b', [hit()], { path: '/api/comments?page=2' }),
    ];
    expect(causes(cases)).toEqual([
      {
        id: expect.stringMatching(/^942100-[0-9a-f]{8}$/),
        ruleId: 942100,
        message: 'SQL Injection Attack Detected via libinjection',
        variable: { collection: 'ARGS', key: 'comment' },
        field: { kind: 'argument', name: 'comment' },
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
    const findings = causes([blocked('s/a', [hit()]), blocked('s/b', hits, parts)]);
    expect(findings.map(({ cases }) => cases).toSorted()).toEqual([['s/a'], ['s/b']]);
    expect(new Set(findings.map(({ id }) => id)).size).toBe(2);
  });
});

test('an endpoint that a suite names is that of all cases whose paths are of it', () => {
  const endpoint = '/posts/{name}';
  const [first, second] = ['/posts/flour-of-rye-7', '/posts/hours'].map((path, i) =>
    blocked(`s/${i}`, [hit()], { path }),
  );
  expect(causes([{ ...first, endpoint } as CaseResult, second as CaseResult])).toMatchObject([
    { path: endpoint, cases: ['s/0', 's/1'] },
  ]);
});

test('a number in a name is generated where it is an id in the request', () => {
  const keyed = hit({ variable: { collection: 'ARGS', key: 'reply187' } });
  const named = (id: string) =>
    causes([
      blocked('s/a', [keyed], {
        body: {
          kind: 'form',
          fields: [
            ['reply187', 'x'],
            ['comment_id', id],
          ],
        },
      }),
    ]);
  expect(named('187')[0]?.variable.key).toBe('reply{number}');
  expect(named('188')[0]?.variable.key).toBe('reply187');
});

describe('elements of an array', () => {
  const body = { kind: 'json' as const, value: { notes: [{ text: 'a' }, { text: 'b' }], array_0: 'x', array_1: 'y' } };
  const at = (key: string) => hit({ variable: { collection: 'ARGS', key } });
  const element = (index: number) => at(`json.notes.array_${index}.text`);

  test('are one finding where several of them were seen, in one case or in two', () => {
    const expected = [
      {
        variable: { collection: 'ARGS', key: 'json.notes.array_*.text' },
        field: { kind: 'json', path: ['notes', null, 'text'] },
      },
    ];
    expect(causes([blocked('s/a', [element(0), element(1)], { body })])).toMatchObject(expected);
    const apart = [blocked('s/a', [element(0)], { body }), blocked('s/b', [element(1)], { body })];
    expect(causes(apart)).toMatchObject(expected);
  });

  test('stay by themselves where the WAF has no name for all of them', () => {
    const cases = [blocked('s/a', [element(0), element(1)], { body })];
    const apart = findCauses(cases, (variable) => variable).map(({ variable, field }) => ({ variable, field }));
    expect(apart).toHaveLength(2);
    for (const index of [0, 1]) {
      const field = { kind: 'json', path: ['notes', index, 'text'] };
      expect(apart).toContainEqual({ variable: element(index).variable, field });
    }
  });

  test('are not made of what is nothing that a client sends', () => {
    const ofEngine = (key: string) => hit({ variable: { collection: 'TX', key } });
    const findings = causes([blocked('s/a', [ofEngine('array_0'), ofEngine('array_1')], { body })]);
    expect(findings.map(({ variable }) => variable.key).toSorted()).toEqual(['array_0', 'array_1']);
    for (const finding of findings) expect(finding).not.toHaveProperty('field');
  });

  test('are one finding where only one was seen: the next request may have another', () => {
    expect(causes([blocked('s/a', [element(1)], { body })])).toMatchObject([
      {
        variable: { collection: 'ARGS', key: 'json.notes.array_*.text' },
        field: { kind: 'json', path: ['notes', null, 'text'] },
      },
    ]);
  });

  test('are not mixed with other fields, rules or paths', () => {
    const one = (index: number, field: string) => at(`json.notes.array_${index}.${field}`);
    const apart = [
      blocked('s/a', [one(0, 'text'), one(1, 'title'), { ...one(1, 'text'), ruleId: 942190 }], { body }),
      blocked('s/b', [one(1, 'text')], { body, path: '/api/reviews' }),
    ];
    const keys = causes(apart).map(({ variable }) => variable.key);
    expect(keys.toSorted()).toEqual([
      'json.notes.array_*.text',
      'json.notes.array_*.text',
      'json.notes.array_*.text',
      'json.notes.array_*.title',
    ]);
  });
});

describe('names and paths with a generated part', () => {
  const at = (key: string) => hit({ variable: { collection: 'ARGS', key } });
  const row = (id: string, name: string, path = '/save') =>
    blocked(id, [at(name)], { path, body: { kind: 'form', fields: [[name, 'x']] } });

  test('are one finding, with the same id whichever were seen', () => {
    const [one, ...others] = causes([row('s/a', 'custom[47][name]'), row('s/b', 'custom[48][name]')]);
    expect(others).toEqual([]);
    expect(one).toMatchObject({
      variable: { collection: 'ARGS', key: 'custom[{number}][name]' },
      field: { kind: 'form', name: 'custom[{number}][name]' },
      cases: ['s/a', 's/b'],
    });
    expect(causes([row('s/c', 'custom[51][name]')]).map(({ id }) => id)).toEqual([one?.id]);
    const paths = causes([row('s/a', 'note', '/profile/42'), row('s/b', 'note', '/profile/43')]);
    expect(paths).toMatchObject([{ path: '/profile/{number}', cases: ['s/a', 's/b'] }]);
  });

  test('are several where they may be fixed, until three of them were seen', () => {
    const lines = ['address_line_1', 'address_line_2', 'address_line_3'].map((name, i) => row(`s/${i}`, name));
    expect(causes(lines.slice(1))).toHaveLength(2);
    expect(causes(lines)).toMatchObject([{ variable: { key: 'address_line_{number}' } }]);
  });
});

test('only false positives have causes', () => {
  const verdicts: Verdict[] = [
    { kind: 'let-through', nearMiss: true },
    { kind: 'attack-blocked', detectedOnly: false },
    { kind: 'attack-missed', nearMiss: true },
    { kind: 'unattributed-block', reason: '' },
    { kind: 'inconclusive', reason: '' },
    { kind: 'denied-elsewhere', layer: 'server', cause: 'path-denied', because: '' },
  ];
  expect(causes(verdicts.map((verdict, i) => result({ id: `s/${i}`, verdict, hits: [hit()] })))).toEqual([]);
  expect(causes([blocked('s/a', [])])).toEqual([]);
});

test('a false positive that was only detected has them too', () => {
  const detected = result({ id: 's/a', verdict: { kind: 'false-positive', detectedOnly: true }, hits: [hit()] });
  expect(causes([detected])).toHaveLength(1);
});

describe('the order', () => {
  const cases = [
    blocked('s/a', [hit(), inHeader]),
    blocked('s/b', [inHeader, hit({ ruleId: 942190 })]),
    blocked('s/c', [inHeader], { method: 'PUT' }),
    blocked('s/d', [hit({ ruleId: 941100 })]),
  ];

  test('is most cases first, then by id', () => {
    const findings = causes(cases);
    expect(findings[0]?.cases).toEqual(['s/a', 's/b']);
    const others = findings.slice(1).map(({ id }) => id);
    expect(others).toEqual(others.toSorted());
    expect(others).toHaveLength(4);
  });

  test('and the ids are the same whatever order the cases have', () => {
    const ids = (results: readonly CaseResult[]) => causes(results).map(({ id }) => id);
    expect(ids(cases.toReversed())).toEqual(ids(cases));
  });

  test('ids stay what they are from version to version: baselines hold them', () => {
    expect(causes([blocked('s/a', [hit()])])[0]?.id).toBe('942100-073fd183');
  });
});
