import { expect, test } from 'vitest';
import type { RunReport } from '../../../src/model/report.js';
import { resultOf, runAgainst } from '../run-against.js';
import { type Received, serveWaf } from '../waf-server.js';

const target = { rate: 1000 };
const suite = (...cases: readonly string[]) =>
  `suite: Orders\ncases:\n${cases.map((one) => `  - ${one}`).join('\n')}\n`;
const posts = suite(
  ...[1, 2, 3].map((n) => `{ id: 'p${n}', path: /orders, form: { note: "it's number ${n}" } }`),
  '{ id: list, path: /orders }',
);

/** An application that takes no form without its token; the page of the form has one. */
function wantsToken({ method, url, body }: Received) {
  if (method === 'GET' || !url.startsWith('/orders')) return { status: url.startsWith('/orders') ? 200 : 404 };
  return { status: body.includes('t0k3n') ? 201 : 403 };
}

/** Of what was received, what came after the cases. */
function probesIn(received: readonly Received[], cases: number): readonly string[] {
  return received.slice(cases).map(({ method, url }) => `${method} ${url.replace(/probe-\w+/, 'probe')}`);
}

const triagesOf = ({ results }: RunReport) => results.flatMap(({ triage }) => triage ?? []);

test('without it, a refusal tells what the answer and the other cases say', async () => {
  const waf = await serveWaf(wantsToken);
  const report = await runAgainst(waf, posts, { target });
  expect(waf.received).toHaveLength(4);
  const { triage, verdict } = resultOf(report, 's/p1');
  expect(verdict).toMatchObject({ kind: 'denied-elsewhere' });
  expect(triage?.evidence).toContainEqual(
    expect.objectContaining({ from: 'report', text: 'GET /orders: 200 (s/list)' }),
  );
  expect(report.probing).toBeUndefined();
});

test('an endpoint is asked once for all its cases, and never with their bodies at their URL', async () => {
  const waf = await serveWaf(wantsToken);
  const report = await runAgainst(waf, posts, { target, triage: {} });
  const probes = probesIn(waf.received, 4);
  expect(probes).toEqual(['POST /wafproof-probe', 'GET /orders', 'POST /wafproof-probe']);
  expect(report.probing).toEqual({ endpoints: 1, requests: 3, left: 0 });
  expect(triagesOf(report)).toHaveLength(3);
  for (const { next, evidence } of triagesOf(report)) {
    expect(next).toContain('--allow-changes');
    expect(evidence.filter(({ from }) => from === 'experiment').length).toBe(3);
  }
});

test('probes that may change something go out where the user allows them', async () => {
  const waf = await serveWaf(wantsToken);
  const report = await runAgainst(waf, posts, { target, triage: { allowChanges: true } });
  expect(probesIn(waf.received, 4)).toContain('POST /orders');
  const bodies = waf.received.slice(4).filter(({ url }) => url === '/orders');
  expect(bodies.every(({ body }) => !body.includes('number'))).toBe(true);
  expect(report.probing?.requests).toBeLessThanOrEqual(7);
});

test('what the log shows to have passed the WAF is refused by no rule of that WAF', async () => {
  const waf = await serveWaf(({ body }) => ({ status: body.includes('it%27s') ? 403 : 200 }));
  const report = await runAgainst(waf, posts, { target, triage: {} });
  const { verdict, triage } = resultOf(report, 's/p1');
  expect(verdict).toMatchObject({ kind: 'denied-elsewhere', layer: 'unknown', cause: 'content-denied' });
  expect(triage?.alternatives.map(({ layer }) => layer)).not.toContain('waf');
  expect(triage?.found).toContain('refuses what the body holds');
  expect(triage?.evidence.find(({ decides }) => decides)?.says).toContain('what the body holds is the reason');
});

test('probes are among the requests of the run, and none is taken for a forged one', async () => {
  const waf = await serveWaf(wantsToken);
  const { forged } = await runAgainst(waf, posts, { target, triage: {} });
  expect(forged).toBeUndefined();
});

test('the endpoints with most cases are asked, and the others are named', async () => {
  const waf = await serveWaf(({ url }) => ({ status: /wafproof/.test(url) ? 404 : 403 }));
  const two = suite('{ id: a, path: /a }', '{ id: b1, path: /b }', '{ id: b2, path: /b }');
  const report = await runAgainst(waf, two, { target, triage: { endpoints: 1 } });
  expect(report.probing).toMatchObject({ endpoints: 1, left: 1 });
  expect(probesIn(waf.received, 3)).not.toContain('GET /a');
});

test('where the target begins to refuse this machine, no other endpoint is asked', async () => {
  const waf = await serveWaf((_, earlier) => ({
    status: earlier.length < 3 ? 403 : 429,
    headers: { 'Retry-After': '0' },
  }));
  const three = suite('{ id: a, path: /a }', '{ id: b, path: /b }', '{ id: c, path: /c }');
  const report = await runAgainst(waf, three, { target, triage: {} });
  expect(report.probing).toMatchObject({ endpoints: 1, left: 2, ended: expect.stringContaining('began to refuse') });
});

test('what a session or the environment brought is in nothing that probes tell', async () => {
  const waf = await serveWaf(wantsToken);
  const secret = suite('{ id: a, path: "/orders?x=1", headers: { X-Api-Key: !env KEY }, form: { note: !env KEY } }');
  const report = await runAgainst(waf, secret, { target, triage: {}, env: { KEY: 'k3y-0f-s0mebody' } });
  expect(report.probing?.requests).toBeGreaterThan(1);
  expect(JSON.stringify(report)).not.toContain('k3y-0f-s0mebody');
});

test('attacks and what is expected to be refused are not asked about', async () => {
  const waf = await serveWaf(() => ({ status: 403 }));
  const cases =
    'suite: S\ncases:\n  - { id: a, intent: attack, path: /a }\n  - { id: b, path: /b, expect: { status: 403 } }\n';
  const report = await runAgainst(waf, cases, { target, triage: {} });
  expect(report.probing).toEqual({ endpoints: 0, requests: 0, left: 0 });
});
