import { describe, expect, test } from 'vitest';
import type { Pair } from '../../src/model/request.js';
import { triage } from '../../src/triage/triage.js';

const page = (title: string, heading: string, rest = '') =>
  `<html><head><title>${title}</title></head><body><h1>${heading}</h1>${rest}</body></html>`;

function answered(status: number, bodyExcerpt: string, headers: readonly Pair[] = []) {
  return { outcome: { kind: 'answered', status, headers, bodyExcerpt } } as const;
}

test('names the layer and the cause by a page that only one system writes', () => {
  const blocked = answered(403, page('Attention Required! | Cloudflare', 'Sorry, you have been blocked'));
  expect(triage(blocked)).toMatchObject({
    layer: 'edge',
    cause: 'waf-rule',
    system: 'cloudflare',
    confidence: 'likely',
    evidence: [{ from: 'response', text: expect.stringContaining('Sorry, you have been blocked') }],
  });
});

test('leaves layer and cause open where a server wrote its usual page', () => {
  const stock = answered(403, page('403 Forbidden', '403 Forbidden', '<hr><center>nginx</center>'));
  expect(triage(stock)).toMatchObject({ layer: 'unknown', cause: 'unknown', system: 'nginx', confidence: 'none' });
});

test('believes the log line of the request more than the page', () => {
  const stock = answered(403, page('403 Forbidden', '403 Forbidden', '<hr><center>nginx</center>'));
  const line = { kind: 'nginx-error', text: '…', fields: { message: 'access forbidden by rule' } } as const;
  expect(triage({ ...stock, lines: [line] })).toMatchObject({ layer: 'server', cause: 'path-denied' });
});

test('takes no header that every answer of an edge has for a refusal by it', () => {
  const relayed = answered(403, page('Members only', 'Members only'), [['CF-RAY', '9a55-FRA']]);
  expect(triage(relayed)).toMatchObject({ layer: 'unknown', hops: ['Cloudflare'] });
});

describe('two pages of one system in one', () => {
  const blocked = '<h1>Sorry, you have been blocked</h1><p>Cloudflare Ray ID: 9a55</p>';
  const banned = '<span>Error</span> <span>1006</span>';
  const title = 'Access denied | shop.example used Cloudflare to restrict access';

  test('contradict each other: neither is believed', () => {
    const both = answered(403, `<html><head><title>${title}</title></head><body>${banned}${blocked}</body></html>`);
    const { layer, cause, alternatives } = triage(both);
    expect([layer, cause]).toEqual(['unknown', 'unknown']);
    expect(alternatives.map((one) => one.cause).toSorted()).toEqual(['ip-denied', 'waf-rule']);
  });

  test.each([
    [banned, 'ip-denied'],
    [blocked, 'waf-rule'],
  ])('%s is believed by itself', (body, cause) => {
    const page = `<html><head><title>${title}</title></head><body>${body}</body></html>`;
    expect(triage(answered(403, page))).toMatchObject({ layer: 'edge', cause });
  });
});

test('takes the cause from the code of the system whose header tells that it refused', () => {
  const headers: readonly Pair[] = [
    ['X-Kong-Response-Latency', '1'],
    ['Content-Type', 'application/json'],
  ];
  const refused = (message: string) => triage(answered(401, JSON.stringify({ message }), headers));
  expect(refused('No API key found in request')).toMatchObject({ layer: 'gateway', cause: 'api-key' });
  expect(refused('something else')).toMatchObject({ layer: 'gateway', cause: 'authentication-required' });
});

test.each([
  ['https://shop.example/save', 'tls-required'],
  ['https://elsewhere.example/blocked', 'unknown'],
])('a redirect to %s means %s', (location, cause) => {
  const moved = answered(302, '', [['Location', location]]);
  expect(triage({ ...moved, sent: { url: 'http://shop.example:8080/save' } })).toMatchObject({ cause });
});
