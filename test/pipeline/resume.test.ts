import { appendFile, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { continueJournal, startJournal } from '../../src/journal/journal.js';
import type { RunOptions } from '../../src/model/options.js';
import { result } from '../report/sample-report.js';
import { folderOf } from '../suite/suite-folder.js';
import { watchedWorld } from './cases.js';
import { resultOf, runAgainst, suiteOfGets, suiteOfPosts, verdictsOf } from './run-against.js';
import { serveWaf } from './waf-server.js';

type Waf = Awaited<ReturnType<typeof serveWaf>>;

/** Runs `s.yaml` with a journal in the server's folder. */
function runJournalled(waf: Waf, suite: string, options: Partial<RunOptions> & { resume?: boolean } = {}) {
  const { resume = false, target, ...others } = options;
  return runAgainst(waf, suite, {
    ...others,
    target: { connections: 2, maxFailures: 3, ...target },
    journal: { folder: waf.folder, resume },
  });
}

const journalOf = ({ folder }: Waf) => join(folder, 'journal.jsonl');

async function linesOf(waf: Waf): Promise<readonly { kind: string; id?: string; again?: true }[]> {
  return (await readFile(journalOf(waf), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** A server that dies after so many requests and comes back with `revive`. */
async function mortalWaf(lives: number) {
  const state = { lives };
  const waf = await serveWaf((_, earlier) => (earlier.length < state.lives ? {} : 'cut'));
  const revive = () => {
    state.lives = Number.POSITIVE_INFINITY;
  };
  return { waf, revive };
}

test('what had an answer is not sent again, what had none is, and the report has all', async () => {
  const { waf, revive } = await mortalWaf(20);
  const first = await runJournalled(waf, suiteOfGets(60));
  expect(first.interrupted).toBeDefined();
  const before = waf.received.map(({ url }) => url).slice(0, 20);
  revive();
  const begun = waf.received.length;
  const whole = await runJournalled(waf, suiteOfGets(60), { resume: true });
  expect(verdictsOf(whole)).toEqual(Array(60).fill('let-through'));
  expect(whole.results.map(({ id }) => id)).toEqual(first.results.map(({ id }) => id));
  expect(whole).toMatchObject({ startedAt: first.startedAt, summary: { cases: 60, unexpected: 0 } });
  expect(whole).not.toHaveProperty('interrupted');
  const after = waf.received.slice(begun).map(({ url }) => url);
  expect(after).toHaveLength(40);
  expect(after.filter((url) => before.includes(url))).toEqual([]);
});

test('a request that must not be sent twice is sent again only where nothing of it went out', async () => {
  const { waf, revive } = await mortalWaf(20);
  await runJournalled(waf, suiteOfPosts(60));
  const seen = waf.received.map(({ url }) => url);
  revive();
  const whole = await runJournalled(waf, suiteOfPosts(60), { resume: true });
  const all = waf.received.map(({ url }) => url);
  expect(new Set(all).size).toBe(all.length);
  expect(all).toHaveLength(60);
  expect(whole.summary.verdicts).toEqual({ 'let-through': 20 + 60 - seen.length, inconclusive: seen.length - 20 });
});

/** Has the journal forget the results of cases: as after a kill that came before they were written down. */
async function forget(waf: Waf, ...ids: readonly string[]): Promise<void> {
  const lines = (await readFile(journalOf(waf), 'utf8')).split('\n');
  const isForgotten = (line: string) => line.includes('"kind":"result"') && ids.some((id) => line.includes(`"${id}"`));
  await writeFile(journalOf(waf), lines.filter((line) => !isForgotten(line)).join('\n'));
}

test('what was sent and has no result is judged by the log, and not sent again', async () => {
  const waf = await serveWaf(({ url }) => (url === '/2' ? { waf: 'blocked' } : url === '/3' ? { status: 401 } : {}));
  const first = await runJournalled(waf, suiteOfPosts(5));
  await forget(waf, 's/1', 's/2', 's/3');
  const report = await runJournalled(waf, suiteOfPosts(5), { resume: true });
  expect(waf.received).toHaveLength(5);
  for (const id of ['s/1', 's/2', 's/3', 's/4']) {
    const { durationMs: _, ...known } = resultOf(first, id);
    expect(resultOf(report, id)).toMatchObject(known);
  }
  expect(report.findings).toEqual(first.findings);
});

test('what somebody else wrote with the id of what was sent decides nothing', async () => {
  const waf = await serveWaf(({ url }) => (url === '/2' ? { waf: 'unlogged' } : {}));
  const first = await runJournalled(waf, suiteOfPosts(3));
  await forget(waf, 's/1', 's/2');
  const forged = ['s/1', 's/2'].map((id) => {
    const { correlationId } = resultOf(first, id);
    const request = { method: 'POST', uri: '/attack', headers: { 'X-Wafproof-Id': correlationId } };
    const messages = [
      { message: 'SQL Injection', details: { ruleId: '942100' } },
      { message: 'Inbound Anomaly Score Exceeded (Total Score: 5)', details: { ruleId: '949110' } },
    ];
    const producer = { modsecurity: 'ModSecurity v3.0.9 (Linux)', secrules_engine: 'Enabled' };
    return JSON.stringify({
      transaction: { unique_id: correlationId, request, response: { http_code: 403 }, producer, messages },
    });
  });
  await writeFile(waf.log, [...forged, await readFile(waf.log, 'utf8')].join('\n'));
  const report = await runJournalled(waf, suiteOfPosts(3), { resume: true });
  expect(verdictsOf(report)).toEqual(['let-through', 'inconclusive', 'let-through']);
  expect(report.findings).toEqual([]);
});

test('what was sent, and is not in the log either, is inconclusive, and not sent again', async () => {
  const waf = await serveWaf(({ url }) => (url === '/2' ? { waf: 'unlogged' } : {}));
  await runJournalled(waf, suiteOfPosts(3));
  await forget(waf, 's/1', 's/2');
  const report = await runJournalled(waf, suiteOfPosts(3), { resume: true });
  expect(waf.received).toHaveLength(3);
  expect(verdictsOf(report)).toEqual(['let-through', 'inconclusive', 'let-through']);
  expect(resultOf(report, 's/2')).toMatchObject({
    correlationId: waf.received.find(({ url }) => url === '/2')?.id,
    asExpected: false,
    verdict: {
      reason: expect.stringMatching(
        /^was sent before the run ended; not sent again.*, and the WAF's log has no entry of it$/,
      ),
    },
  });
});

test('where the log keeps nothing of the past, the reason says so', async () => {
  const waf = await serveWaf();
  await runJournalled(waf, suiteOfPosts(3));
  await forget(waf, 's/2');
  const log = { command: `tail -n0 -F '${waf.log}'` };
  const target = { waf: { kind: 'modsecurity', log } };
  const journal = { folder: waf.folder, resume: true };
  const report = await runAgainst(waf, suiteOfPosts(3), { target, journal });
  expect(resultOf(report, 's/2').verdict).toMatchObject({
    kind: 'inconclusive',
    reason: expect.stringContaining("the WAF's log has no entry of it"),
  });
});

test('every sending of a repeated case is judged by the log', async () => {
  const waf = await serveWaf((_, earlier) => (earlier.length % 2 === 0 ? { waf: 'blocked' } : {}));
  const first = await runJournalled(waf, suiteOfPosts(1), { repeat: 4 });
  await forget(waf, 's/1');
  const report = await runJournalled(waf, suiteOfPosts(1), { repeat: 4, resume: true });
  expect(waf.received).toHaveLength(4);
  expect(resultOf(report, 's/1')).toMatchObject({
    repeats: resultOf(first, 's/1').repeats ?? {},
    verdict: resultOf(first, 's/1').verdict,
  });
});

test('a POST is written down before it goes out, a GET need not be', async () => {
  const waf = await serveWaf();
  const suite = 'suite: S\ncases: [{ id: get, path: / }, { id: post, form: { a: 1 } }]';
  const written: unknown[] = [];
  const watching = await serveWaf(async ({ id, method }) => {
    if (method === 'POST')
      written.push((await readFile(journalOf(watching), 'utf8')).includes(`"correlationId":"${id}"`));
    return {};
  });
  await runJournalled(watching, suite);
  expect(written).toEqual([true]);
  await runJournalled(waf, suite);
  const lines = await linesOf(waf);
  expect(lines[0]).toMatchObject({ kind: 'head', format: 1 });
  expect(lines.filter(({ kind }) => kind === 'sent').map(({ id }) => id)).toEqual(['s/post']);
});

test('the journal holds no secrets, and a renewed one makes no other run', async () => {
  const waf = await serveWaf();
  const suite = 'suite: S\ncases: [{ id: a, form: { password: !env PASS } }]';
  const run = (PASS: string, resume: boolean) =>
    runAgainst(waf, suite, { env: { PASS }, journal: { folder: waf.folder, resume } });
  await run('s3cr3t-of-mine', false);
  const text = await readFile(journalOf(waf), 'utf8');
  expect(text).not.toContain('s3cr3t');
  expect(text).toContain('[PASS]');
  await run('an0ther-one', true);
  expect(waf.received).toHaveLength(1);
});

test('a new run replaces the journal, and says so', async () => {
  const world = watchedWorld();
  const waf = await serveWaf();
  const journal = { folder: waf.folder, resume: false };
  await runAgainst(waf, suiteOfGets(3), { journal });
  await runAgainst(waf, suiteOfGets(2), { journal, world });
  expect(await linesOf(waf)).toHaveLength(3);
  expect(world.told.join('\n')).toMatch(/will be replaced; --resume continues it/);
});

test('a torn line at the end, as a kill leaves it, is cut off', async () => {
  const waf = await serveWaf();
  await runJournalled(waf, suiteOfGets(3));
  const { length } = await readFile(journalOf(waf));
  await truncate(journalOf(waf), length - 20);
  expect(verdictsOf(await runJournalled(waf, suiteOfGets(3), { resume: true }))).toEqual(Array(3).fill('let-through'));
  expect(waf.received).toHaveLength(4);
  expect((await linesOf(waf)).map(({ kind }) => kind)).toEqual(['head', 'result', 'result', 'result']);
});

test('a journal that cannot be written ends the run', async () => {
  const waf = await serveWaf();
  const folder = await folderOf({ 'journal.jsonl/in-the-way': '' });
  const attempt = runAgainst(waf, suiteOfGets(3), { journal: { folder, resume: false } });
  await expect(attempt).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE' });
});

describe('another run is not continued', () => {
  test.each<[string, Parameters<typeof runJournalled>[2], RegExp]>([
    ['--repeat', { repeat: 2 }, /--repeat \(1 then, 2 now\)/],
    ['--seed', { seed: 7 }, /--seed \(1 then, 7 now\)/],
    ['--tag', { select: { tags: [], grep: 's/1' } }, /choice of cases .*content of the suites/s],
    ['--shard', { select: { tags: [], shard: { index: 1, total: 2 } } }, /--shard \(none then, 1\/2 now\)/],
  ])('with another %s', async (_, options, message) => {
    const waf = await serveWaf();
    await runJournalled(waf, suiteOfGets(3));
    const attempt = runJournalled(waf, suiteOfGets(3), { ...options, resume: true });
    await expect(attempt).rejects.toMatchObject({ code: 'RESUME_MISMATCH', message: expect.stringMatching(message) });
    expect(waf.received).toHaveLength(3);
  });

  test('with other suites, or another target', async () => {
    const waf = await serveWaf();
    await runJournalled(waf, suiteOfGets(3));
    const changed = suiteOfGets(3).replace('/2', '/two');
    const other = await serveWaf();
    for (const attempt of [
      () => runJournalled(waf, changed, { resume: true }),
      () => runAgainst(other, suiteOfGets(3), { journal: { folder: waf.folder, resume: true } }),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'RESUME_MISMATCH' });
  });

  test('where there is none', async () => {
    const attempt = runJournalled(await serveWaf(), suiteOfGets(1), { resume: true });
    await expect(attempt).rejects.toMatchObject({ code: 'RESUME_MISSING' });
  });
});

describe('a journal that is none is refused, and nothing is sent', () => {
  test.each<[string, string | Uint8Array]>([
    ['is empty', ''],
    ['is binary', Uint8Array.from({ length: 5000 }, (_, i) => (i * 7) % 256)],
    ['is one long line of zeros', new Uint8Array(3_000_000)],
    ['is a report', '{"schemaVersion":1,"results":[]}\n'],
    ['is JSON of others', '[]\nnull\n{"kind":"head"}\n'],
    ['has a head of others', '{"kind":"head","format":2,"startedAt":"2026-01-01T00:00:00Z","job":{}}\n'],
    ['is nested deeply', `${'['.repeat(200_000)}\n`],
    ['has a torn head', '{"kind":"head","form'],
  ])('it %s', async (_, content) => {
    const waf = await serveWaf();
    await writeFile(journalOf(waf), content);
    const attempt = runJournalled(waf, suiteOfGets(1), { resume: true });
    await expect(attempt).rejects.toMatchObject({ code: 'JOURNAL_INVALID' });
    expect([waf.received.length, Buffer.from(content).equals(await readFile(journalOf(waf)))]).toEqual([0, true]);
  });

  test.each([
    'junk\n',
    '{"kind":"result","elapsedMs":1,"result":{"id":"s/1"}}\n',
    '{"kind":"result","elapsedMs":1,"result":null}\n',
    '{"kind":"sent","id":1}\n',
    '{"kind":"head","format":1,"startedAt":"2026-01-01T00:00:00Z","job":{}}\n',
    '\n',
    '\xff\xfe\n',
  ])('it goes on with %j', async (line) => {
    const waf = await serveWaf();
    await runJournalled(waf, suiteOfGets(1));
    await appendFile(journalOf(waf), Buffer.from(line, 'latin1'));
    await expect(runJournalled(waf, suiteOfGets(1), { resume: true })).rejects.toMatchObject({
      code: 'JOURNAL_INVALID',
      message: expect.stringContaining('journal.jsonl:3'),
    });
  });

  test('it changes while its results are taken up', async () => {
    const path = join(await folderOf({}), 'journal.jsonl');
    const first = startJournal(path, {});
    first.record({ result: result({ id: 's/1' }), again: false });
    first.close();
    const second = await continueJournal(path, {});
    expect(second.earlier('s/1')).toEqual({ kind: 'done', result: result({ id: 's/1' }) });
    await truncate(path, 200);
    expect(() => second.earlier('s/1')).toThrow(/^JOURNAL_INVALID .*it has changed since it was read/);
    second.close();
  });

  test('it is a folder', async () => {
    const waf = await serveWaf();
    const folder = await folderOf({ 'journal.jsonl/x': '' });
    const attempt = runAgainst(waf, suiteOfGets(1), { journal: { folder, resume: true } });
    await expect(attempt).rejects.toMatchObject({ code: 'JOURNAL_INVALID' });
  });
});
