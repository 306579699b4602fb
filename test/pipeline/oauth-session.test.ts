import { expect, test } from 'vitest';
import type { SessionOptions } from '../../src/model/session-options.js';
import { serveHttp } from '../replay/loopback.js';
import { startTestLab } from './doctor-target.js';
import { runAgainst } from './run-against.js';

/** An identity provider that gives tokens, and an API that takes each so many times. */
async function serveApi(uses: number, lifetime: number, takes: (token: string) => boolean = () => true) {
  const issued: string[] = [];
  const forms: string[] = [];
  const used = new Map<string, number>();
  const identity = await serveHttp(async (request, response) => {
    let form = '';
    for await (const chunk of request) form += chunk;
    forms.push(form);
    issued.push(`access-${issued.length + 1}-q8Zk27dQ`);
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ access_token: issued.at(-1), token_type: 'Bearer', expires_in: lifetime }));
  });
  const upstream = await serveHttp((request, response) => {
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    used.set(token, (used.get(token) ?? 0) + 1);
    const isUsable = issued.at(-1) === token && (used.get(token) ?? 0) <= uses;
    response.statusCode = token !== '' && !takes(token) ? 401 : isUsable ? 201 : 401;
    response.end();
  });
  const session: SessionOptions = {
    steps: [
      {
        post: `${identity}/token`,
        form: [
          ['grant_type', 'client_credentials'],
          ['client_secret', { name: 'SECRET', value: 'client-Secret-7731' }],
        ],
      },
    ],
    values: { access: { json: 'access_token', expires: 'expires_in' } },
    headers: [['Authorization', ['Bearer', { session: 'access' }]]],
  };
  return { issued, forms, used, session, lab: await startTestLab({ upstream }) };
}

const cases = Array.from(
  { length: 6 },
  (_, i) => `  - { id: a${i}, method: POST, path: /things/${i}, json: { n: ${i} } }`,
);
const suite = `suite: S\ncases:\n${cases.join('\n')}\n`;

test('a token of client credentials goes with every case, and is asked for once', async () => {
  const { lab, session, issued, forms, used } = await serveApi(100, 3600);
  const report = await runAgainst(lab, suite, { target: { session, logWaitMs: 2000 } });
  expect(report.results.map(({ verdict, status }) => [verdict.kind, status])).toEqual(
    Array(6).fill(['let-through', 201]),
  );
  expect([issued.length, used.get('access-1-q8Zk27dQ')]).toEqual([1, 6]);
  expect(forms).toEqual(['grant_type=client_credentials&client_secret=client-Secret-7731']);
  expect(JSON.stringify(report)).not.toMatch(/q8Zk27dQ|Secret-7731/);
});

test('a token is renewed before it runs out', async () => {
  const { lab, session, issued } = await serveApi(100, 0.000_001);
  const report = await runAgainst(lab, suite, { target: { session, connections: 1, logWaitMs: 2000 } });
  expect(issued.length).toBeGreaterThan(1);
  expect(report.summary.cases).toBe(6);
});

test('a token that is refused is renewed once, and the case sent again', async () => {
  const { lab, session, issued } = await serveApi(1, 3600);
  const one = `suite: S\ncases:\n${cases[0]}\n`;
  const spent = { ...session, steps: [...(session.steps ?? []), { get: '/spend', headers: session.headers ?? [] }] };
  const report = await runAgainst(lab, one, { target: { session: spent, logWaitMs: 2000 } });
  expect(report.results[0]?.verdict).toEqual({ kind: 'inconclusive', reason: expect.stringMatching(/^session lost/) });
  expect(issued.length).toBe(2);
});

test('a token that was withdrawn is asked for once more, and each case is sent again once', async () => {
  let isWithdrawn = false;
  const { lab, session, issued, used } = await serveApi(100, 3600, (token) => {
    const first = token === 'access-1-q8Zk27dQ' && !isWithdrawn;
    isWithdrawn ||= first;
    return token !== 'access-1-q8Zk27dQ';
  });
  const report = await runAgainst(lab, suite, { target: { session, logWaitMs: 2000 } });
  expect(report.results.map(({ verdict, status }) => [verdict.kind, status])).toEqual(
    Array(6).fill(['let-through', 201]),
  );
  expect([isWithdrawn, issued.length, used.get('access-2-q8Zk27dQ')]).toEqual([true, 2, 6]);
});

test('a token is renewed when four fifths of its life are over, and not before', async () => {
  const began = new Map<string, number>();
  const ages: number[] = [];
  const { lab, session, issued } = await serveApi(100, 3, (token) => {
    const now = performance.now();
    began.set(token, began.get(token) ?? now);
    ages.push(now - (began.get(token) ?? now));
    return true;
  });
  const many = Array.from({ length: 10 }, (_, i) => `  - { id: b${i}, method: POST, path: /things/${i} }`).join('\n');
  const target = { session, connections: 1, rate: 2, logWaitMs: 2000 };
  const report = await runAgainst(lab, `suite: S\ncases:\n${many}\n`, { target });
  expect(report.summary.verdicts).toEqual({ 'let-through': 10 });
  expect(issued.length).toBeGreaterThan(1);
  expect(issued.length).toBeLessThan(6);
  expect(ages.filter((age) => age > 0)).not.toEqual([]);
});
