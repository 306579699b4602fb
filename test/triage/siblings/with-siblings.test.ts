import { expect, test } from 'vitest';
import type { CaseResult } from '../../../src/model/report.js';
import type { Alternative, Triage } from '../../../src/model/triage.js';
import { recogniseEndpoints } from '../../../src/request/endpoints.js';
import { SiblingIndex } from '../../../src/triage/siblings/sibling-index.js';
import { withSiblings } from '../../../src/triage/siblings/with-siblings.js';
import { request, result } from '../../report/sample-report.js';

const stock: readonly Alternative[] = [
  { layer: 'server', cause: 'path-denied' },
  { layer: 'server', cause: 'method-denied' },
  { layer: 'application', cause: 'csrf' },
];
const open: Triage = { layer: 'server', cause: 'unknown', confidence: 'none', evidence: [], alternatives: stock };

function refused(method: string, path: string, triage: Triage = open): CaseResult {
  const verdict = { kind: 'denied-elsewhere', layer: 'server', cause: 'unknown', because: 'x' } as const;
  return result({ id: `${method}${path}`, status: 403, request: request({ method, path }), verdict, triage });
}

function passing(method: string, path: string, status = 200): CaseResult {
  return result({ id: `${method} ok`, status, request: request({ method, path }) });
}

/** What the others tell of the first one. */
function told([first, ...others]: readonly [CaseResult, ...CaseResult[]]): Triage {
  const all = [first, ...others];
  const index = new SiblingIndex(recogniseEndpoints(all.map((one) => one.request)));
  for (const one of all) index.add(one);
  return withSiblings(first.triage ?? open, first, index.of(first));
}

const names = ({ alternatives }: Triage) => alternatives.map(({ cause }) => cause);

test('a GET of the endpoint that passes rules out that its path is closed', () => {
  const { alternatives, evidence, ruledOut } = told([refused('POST', '/orders'), passing('GET', '/orders')]);
  expect(alternatives.map(({ cause }) => cause)).toEqual(['method-denied', 'csrf']);
  expect(evidence).toMatchObject([{ from: 'report', text: 'GET /orders: 200 (GET ok)' }]);
  expect(ruledOut).toEqual(['path-denied: a GET of this endpoint passes: the path is not closed to this client']);
});

test('the same method at the endpoint rules out the method, and what is left alone is possible', () => {
  const { alternatives, ...answer } = told([refused('POST', '/orders/1'), passing('POST', '/orders/2', 201)]);
  expect(answer).toMatchObject({ layer: 'application', cause: 'csrf', confidence: 'possible' });
  expect(alternatives).toEqual([]);
});

test.each([302, 404, 500])('an answer with status %i is none that passed', (status) => {
  expect(names(told([refused('POST', '/orders'), passing('GET', '/orders', status)]))).toEqual(names(open));
});

test('where only requests that change something are refused, a token is thought of first', () => {
  const all = [refused('POST', '/a'), refused('PUT', '/b'), passing('GET', '/c')] as const;
  expect(names(told(all))).toEqual(['method-denied', 'csrf', 'path-denied']);
});

test('a run of which nothing passes is about who is asking', () => {
  const { evidence } = told([refused('GET', '/a'), refused('GET', '/b')]);
  expect(evidence).toMatchObject([{ says: expect.stringContaining('no case of this run passes') }]);
});

test('what is proved stays as it is', () => {
  const sure: Triage = { ...open, cause: 'path-denied', confidence: 'proved' };
  const answer = told([refused('POST', '/orders', sure), passing('POST', '/orders')]);
  expect(answer).toMatchObject({ cause: 'path-denied', confidence: 'proved', alternatives: stock });
});

test('a cause that only fitted is none any more where others rule it out', () => {
  const guess: Triage = { ...open, cause: 'ip-denied', confidence: 'possible' };
  expect(told([refused('POST', '/orders', guess), passing('GET', '/orders')])).toMatchObject({
    cause: 'unknown',
    confidence: 'none',
  });
});
