import { expect, test } from 'vitest';
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
