import { expect, test } from 'vitest';
import type { Pair, RequestSpec } from '../../src/model/request.js';
import { correlated, withHost } from '../../src/request/complete-request.js';
import { probeRequest } from '../../src/request/probe-request.js';
import { encode } from '../model/request-spec.js';

function headersWithHost(more: Partial<RequestSpec>): readonly Pair[] {
  return withHost({ ...probeRequest(), ...more }, 'staging.example').headers;
}

test('a request gets a Host, before all other headers', () => {
  const headers: Pair[] = [['Accept', '*/*']];
  expect(headersWithHost({ headers })).toEqual([['Host', 'staging.example'], ...headers]);
});

test.each<[string, Partial<RequestSpec>]>([
  ['it has one, however it is spelled', { headers: [['hOST', 'other.example']] }],
  ['its author dropped it', { headers: [], omittedHeaders: ['host'] }],
])('a request is left as it is where %s', (_why, more) => {
  expect(headersWithHost(more)).toEqual(more.headers);
});

test('a request that drops another header gets a Host', () => {
  expect(headersWithHost({ headers: [], omittedHeaders: ['content-type'] })).toEqual([['Host', 'staging.example']]);
});

test('the header by which a log entry is found comes last', () => {
  const request = encode({ headers: [['Accept', '*/*']] });
  expect(correlated(request, 'w7-a-1')).toEqual({
    ...request,
    headers: [
      ['Accept', '*/*'],
      ['X-Wafproof-Id', 'w7-a-1'],
    ],
  });
});

test('a probe is what any visitor sends', () => {
  expect(probeRequest([['wafproof', 'x']])).toEqual({
    method: 'GET',
    path: '/',
    query: [['wafproof', 'x']],
    headers: [
      ['User-Agent', 'wafproof'],
      ['Accept', '*/*'],
    ],
    cookies: [],
    body: { kind: 'none' },
    omittedHeaders: [],
  });
  expect(probeRequest().query).toEqual([]);
});
