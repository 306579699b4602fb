import { expect, test } from 'vitest';
import { watchedWorld } from './cases.js';
import { resultOf, runAgainst, suiteOfGets, suiteOfPosts, verdictsOf } from './run-against.js';
import { serveWaf } from './waf-server.js';

const overloaded = { status: 429, headers: { 'Retry-After': '0' } };

test.each([
  ['GET', suiteOfGets(1)],
  ['POST', suiteOfPosts(1)],
])('a %s that is refused for load is sent again, with an id of its own', async (_, suite) => {
  const waf = await serveWaf((_, earlier) => (earlier.length < 2 ? overloaded : {}));
  const report = await runAgainst(waf, suite);
  expect(verdictsOf(report)).toEqual(['let-through']);
  expect(new Set(waf.received.map(({ id }) => id)).size).toBe(3);
});

test.each([
  ['with', 'passed', 429],
  ['without', 'unlogged', 429],
  ['with', 'passed', 503],
  ['without', 'unlogged', 503],
] as const)(
  '%s an entry in the log (%s), one that stays refused (%i) is denied elsewhere',
  async (_, entry, status) => {
    const waf = await serveWaf(() => ({ ...overloaded, status, waf: entry }));
    const report = await runAgainst(waf, suiteOfPosts(1));
    expect(resultOf(report, 's/1').verdict).toMatchObject({
      kind: 'denied-elsewhere',
      fix: expect.stringContaining('--rate'),
    });
    expect(waf.received).toHaveLength(3);
  },
);

test("a refusal for load that the log proves to be the WAF's is a block, and not sent again", async () => {
  const waf = await serveWaf(() => ({ ...overloaded, waf: 'blocked' }));
  expect(verdictsOf(await runAgainst(waf, suiteOfGets(1)))).toEqual(['false-positive']);
  expect(waf.received).toHaveLength(1);
});

test('a 503 that does not say when to come back, and a longer wait than a minute, are not sent again', async () => {
  const waf = await serveWaf(({ url }) =>
    url === '/1' ? { status: 503 } : { status: 429, headers: { 'Retry-After': '3600' } },
  );
  const report = await runAgainst(waf, suiteOfGets(2));
  expect(verdictsOf(report)).toEqual(['denied-elsewhere', 'denied-elsewhere']);
  expect(waf.received).toHaveLength(2);
});

test('nothing else is sent while the target wants a pause', async () => {
  let pausedUntil = 0;
  let tooEarly = 0;
  const waf = await serveWaf((_, earlier) => {
    if (performance.now() < pausedUntil) tooEarly++;
    if (earlier.length !== 3) return {};
    pausedUntil = performance.now() + 950;
    return { status: 503, headers: { 'Retry-After': '1' } };
  });
  const report = await runAgainst(waf, suiteOfGets(30), { target: { connections: 1 } });
  expect(new Set(verdictsOf(report))).toEqual(new Set(['let-through']));
  expect([tooEarly, waf.received.length]).toEqual([0, 31]);
});

test('a target that dies ends the run: the cases that are left are inconclusive and are not sent', async () => {
  const waf = await serveWaf((_, earlier) => (earlier.length < 10 ? {} : 'cut'));
  const report = await runAgainst(waf, suiteOfPosts(200), { target: { maxFailures: 5 } });
  const verdicts = verdictsOf(report);
  expect(verdicts).toHaveLength(200);
  expect(verdicts.filter((kind) => kind === 'let-through')).toHaveLength(10);
  expect(verdicts.filter((kind) => kind === 'inconclusive')).toHaveLength(190);
  expect(waf.received.length).toBeLessThan(20);
  expect(report.interrupted).toMatch(/no answer 5 times in a row/);
  const { verdict, asExpected } = resultOf(report, 's/200');
  expect(verdict).toMatchObject({ reason: expect.stringMatching(/^not sent: the target gave no answer/) });
  expect([asExpected, report.summary.unexpected]).toEqual([false, 190]);
});

test('so does a server that is no longer there', async () => {
  const waf = await serveWaf((_, earlier) => {
    if (earlier.length === 5) waf.server.close();
    return earlier.length < 5 ? {} : 'cut';
  });
  const report = await runAgainst(waf, suiteOfGets(60), { target: { connections: 1, maxFailures: 3 } });
  expect(report.interrupted).toMatch(/no answer 3 times in a row/);
  expect(verdictsOf(report).filter((kind) => kind === 'inconclusive')).toHaveLength(55);
});

test('redirects are answers, and are not followed', async () => {
  const waf = await serveWaf(() => ({ status: 302, headers: { Location: 'http://other.invalid/thanks' } }));
  const report = await runAgainst(waf, suiteOfGets(1));
  expect(resultOf(report, 's/1')).toMatchObject({ status: 302, verdict: { kind: 'let-through' } });
  expect(waf.received).toHaveLength(1);
});

test('an interruption keeps what is done, even in the middle of a pause', async () => {
  const world = watchedWorld();
  const waf = await serveWaf((_, earlier) => {
    if (earlier.length < 3) return {};
    setTimeout(() => world.interrupt.abort(), 50);
    return { status: 429, headers: { 'Retry-After': '50' } };
  });
  const report = await runAgainst(waf, suiteOfGets(50), { world, target: { connections: 1 } });
  expect(report.interrupted).toMatch(/interrupted/);
  expect(verdictsOf(report).slice(0, 4)).toEqual(['let-through', 'let-through', 'let-through', 'denied-elsewhere']);
});

test('a run begins with two requests at once', async () => {
  let underWay = 0;
  const widths: number[] = [];
  const waf = await serveWaf(async () => {
    widths.push(++underWay);
    await new Promise((resolve) => setTimeout(resolve, 20));
    underWay--;
    return {};
  });
  await runAgainst(waf, suiteOfGets(100), { target: { connections: 16 } });
  expect(Math.max(...widths.slice(0, 2))).toBeLessThanOrEqual(2);
  expect(Math.max(...widths.slice(0, 6))).toBeLessThanOrEqual(6);
  expect(Math.max(...widths)).toBeLessThanOrEqual(16);
});
