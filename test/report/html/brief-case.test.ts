import { expect, test } from 'vitest';
import type { CaseResult } from '../../../src/model/report.js';
import { hit, reportOf, request, result } from '../sample-report.js';
import { dataOfReport } from './page-data.js';

const agent = ['User-Agent', 'Mozilla/5.0'] as const;

/** The cases of a page as its script reads them, and what the page is made of. */
function read(results: readonly CaseResult[]) {
  const { packed, shared } = dataOfReport(reportOf(results));
  return { cases: packed, tables: shared.tables };
}

function post(id: string, headers: readonly (readonly [string, string])[], path = '/a'): CaseResult {
  return result({ id, request: request({ path, headers, body: { kind: 'form', fields: [['q', id]] } }) });
}

test('requests that share headers and a line have them once, and each comes back as it was', () => {
  const results = [
    post('one', [agent]),
    post('two', [agent]),
    post('three', [agent, ['Accept', '*/*']], '/b'),
    post('four', [agent]),
  ];
  const { cases, tables } = read(results);
  expect(cases).toMatchObject(results.map(({ request: sent, at, verdict }) => ({ request: sent, at, verdict })));
  expect(tables.headers).toHaveLength(2);
  expect(tables.lines).toHaveLength(2);
});

test('lines that differ in their query, their cookies or what they omit are not taken for one another', () => {
  const line = { path: '/a', headers: [agent] };
  const requests = [
    request(line),
    request({ ...line, query: [['q', '1']] }),
    request({ ...line, cookies: [['q', '1']] }),
    request({ ...line, omittedHeaders: ['host'] }),
  ];
  const { cases } = read(requests.map((sent, place) => result({ id: `${place}`, request: sent })));
  expect(cases).toMatchObject(requests.map((sent) => ({ request: sent })));
});

test('verdicts with evidence in them come back with their own', () => {
  const verdicts = ['a', 'b', 'a'].map((text) => ({
    kind: 'denied-elsewhere' as const,
    layer: 'application' as const,
    cause: 'csrf' as const,
    because: 'it says so',
    evidence: [{ from: 'response' as const, text, says: 'why' }],
  }));
  const { cases, tables } = read(verdicts.map((verdict, place) => result({ id: `${place}`, verdict })));
  expect(cases).toMatchObject(verdicts.map((verdict) => ({ verdict })));
  expect(tables.verdicts).toHaveLength(2);
});

test('hits of one kind keep their own text, and one without text has none', () => {
  const hits = ['1 or 1', '2 or 2'].map((matched) => hit({ matched }));
  const { matched: _, ...bare } = hit({});
  const { cases, tables } = read([
    result({ id: 'a', verdict: { kind: 'false-positive', detectedOnly: false }, hits }),
    result({ id: 'b', verdict: { kind: 'false-positive', detectedOnly: false }, hits: [bare] }),
  ]);
  expect(cases).toMatchObject([{ hits: [{ matched: '1 or 1' }, { matched: '2 or 2' }] }, { hits: [{ rule: 0 }] }]);
  expect(JSON.stringify(cases[1])).not.toContain('matched');
  expect(tables.hits).toHaveLength(1);
});

test('what is more than the tables hold stands in its case', () => {
  const results = [...Array(400).keys()].map((place) => post(`${place}`, [['Cookie', `${place}`.padEnd(9000, 'x')]]));
  const { cases, tables } = read(results);
  expect(cases).toMatchObject(results.map(({ request: sent }) => ({ request: sent })));
  expect(tables.headers.length).toBeLessThan(300);
});

test('a header that is longer than the page holds is cut, and says so', () => {
  const long = post('long', [['Cookie', 'x'.repeat(1_100_000)]]);
  const [packed] = read([long]).cases;
  expect(packed?.kind).toBe('viewed');
});
