import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { LoggedTransaction, LogsOptions } from '../../src/model/logs.js';
import { logs } from '../../src/pipeline/logs.js';
import { worldOf } from '../../src/pipeline/world.js';
import { folderOf } from '../suite/suite-folder.js';
import { fixture } from '../waf/modsecurity/logs/fixture-logs.js';
import { tinyEntry, tinyWaf } from './tiny-waf.js';

type Files = Readonly<Record<string, string | Uint8Array>>;

async function folderWith(files: Files): Promise<string> {
  const folder = await folderOf({});
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

async function readLogs(files: Files, options: Partial<LogsOptions> = {}) {
  const cwd = await folderWith(files);
  const transactions: LoggedTransaction[] = [];
  const summary = await logs({ places: Object.keys(files), ...options }, worldOf({ cwd }), (transaction) => {
    transactions.push(transaction);
    return undefined;
  });
  return { summary, transactions };
}

const audit = fixture('v3/audit-json.log');

test('what refused whom, at which field and endpoint', async () => {
  const { summary, transactions } = await readLogs({ 'audit.log': audit }, { top: 2 });
  expect(summary).toMatchObject({
    files: [{ file: 'audit.log', formats: ['ModSecurity 3 JSON audit log'], bytes: audit.length, transactions: 30 }],
    transactions: 30,
    actions: { blocked: 21, 'would-block': 0, passed: 9 },
    nearMisses: 5,
    firstAt: '2026-11-23T05:48:53.000Z',
    lastAt: '2026-11-23T05:48:53.000Z',
    blockedBy: [
      { kind: 'inbound', transactions: 17 },
      { kind: 'body-parser', transactions: 3 },
      { kind: 'outbound', transactions: 1 },
    ],
    refused: [
      { ruleId: 200002, variable: 'REQBODY_ERROR', method: 'POST', path: '/comments', transactions: 3 },
      { ruleId: 942100, variable: 'ARGS:comment', method: 'POST', path: '/comments', transactions: 2 },
    ],
    threshold: 5,
    clients: { count: 1, largestShare: 1, named: [] },
    userAgents: { count: 1, named: [] },
    isRough: false,
    isEarly: false,
  });
  expect(summary.moreRefused).toBeGreaterThan(10);
  expect(transactions).toHaveLength(30);
  expect(transactions[1]).toEqual({
    at: '2026-11-23T05:48:53.000Z',
    transactionId: expect.any(String),
    correlationId: 'w7-fix-sqli',
    method: 'POST',
    path: '/comments',
    status: 403,
    action: 'blocked',
    score: { inbound: 20, threshold: 5 },
    waf: { kind: 'modsecurity', version: 'ModSecurity 3.0.9', ruleset: 'OWASP_CRS/3.3.4', mode: 'block' },
    hits: expect.arrayContaining([
      expect.objectContaining({
        ruleId: 942190,
        severity: 'CRITICAL',
        paranoia: 1,
        scoring: 5,
        variable: { collection: 'ARGS', key: 'comment' },
        variableSource: 'logged',
      }),
    ]),
    blockedBy: { kind: 'inbound', ruleId: 949110, phase: 2 },
    source: { file: 'audit.log', line: 2 },
  });
});

test('the lines of an error log are put together', async () => {
  const { summary, transactions } = await readLogs({ 'error.log': fixture('v3/error-native.log') });
  expect(summary).toMatchObject({ transactions: 30, actions: { blocked: 25 } });
  const sqli = transactions.find(({ correlationId }) => correlationId === 'w7-fix-sqli');
  expect(sqli).toMatchObject({ action: 'blocked', score: { inbound: 20, threshold: 5 }, method: 'POST' });
  expect(sqli?.hits.map(({ ruleId }) => ruleId)).toEqual([942100, 942190, 942270, 942360]);
});

test('a transaction that two logs have is told once', async () => {
  const [one, other] = [fixture('v2/audit-native.log'), fixture('v2/error-native.log')];
  const alone = await readLogs({ 'audit.log': one });
  const copied = await readLogs({ 'audit.log': one, 'audit.log.1': one });
  const both = await readLogs({ 'error.log': other, 'error.log.1': other });
  expect(alone.summary.transactions).toBe(30);
  expect(copied.summary.transactions).toBe(30);
  expect(both.summary.transactions).toBe(30);
});

describe('files', () => {
  test('of a folder, packed or not, entries in files of their own among them', async () => {
    const cwd = await folderWith({
      'log/audit.log': audit,
      'log/old/audit.log.2.gz': gzipSync(fixture('v2/audit-json.log')),
      'log/access.log': '192.0.2.1 - - [22/Nov/2026:20:55:15 +0000] "GET / HTTP/1.1" 200 5 "-" "-"\n',
    });
    const { files, transactions } = await logs({ places: ['log'] }, worldOf({ cwd }));
    expect(transactions).toBe(60);
    expect(files.map(({ file, seen }) => [file, seen]).sort()).toEqual([
      ['log/access.log', expect.stringMatching(/^lines of an access log such as "192/)],
      ['log/audit.log', undefined],
      ['log/old/audit.log.2.gz', undefined],
    ]);
  });

  test('that an index names', async () => {
    const places = [join(import.meta.dirname, '../fixtures/logs/v2/audit-concurrent.log')];
    const { transactions } = await logs({ places }, worldOf({ cwd: '/' }));
    expect(transactions).toBe(7);
  });

  test('packed and torn: what is there is read, and the rest is told', async () => {
    const packed = gzipSync(Buffer.concat(Array.from({ length: 40 }, () => audit)), { level: 0 });
    const { summary } = await readLogs({ 'audit.log.gz': packed.subarray(0, 300_000) });
    expect(summary.files).toMatchObject([{ problem: 'it ends in the middle' }]);
    expect(summary.transactions).toBe(30);
  });

  test('packed with what this program cannot unpack', async () => {
    const xz = Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, 0x00]);
    await expect(readLogs({ 'a.xz': xz })).rejects.toMatchObject({
      code: 'LOG_UNKNOWN',
      message: expect.stringContaining('a.xz: it is packed with xz'),
    });
  });

  test('in a wrapper', async () => {
    const lines = fixture('v2/audit-native.log').toString('latin1').split('\n');
    const wrapped = Buffer.from(lines.map((line) => `waf-1  | ${line}\n`).join(''), 'latin1');
    const { summary, transactions } = await readLogs({ 'compose.log': wrapped });
    expect(summary.files[0]?.formats).toEqual(['lines of docker compose, ModSecurity 2 native audit log inside']);
    expect(transactions).toHaveLength(30);
    expect(transactions[0]?.source.line).toBe(lines.findIndex((line) => line.endsWith('-Z--')) + 1);
  });
});

describe('time', () => {
  const since = (time: string) => readLogs({ 'audit.log': audit }, { since: time });

  test('limits what is told', async () => {
    expect((await since('2026-11-23T05:48:53Z')).summary.transactions).toBe(30);
    expect((await since('2026-11-23T05:48:54Z')).summary.transactions).toBe(0);
    const until = await readLogs({ 'audit.log': audit }, { until: '2026-11-23T05:48:52Z' });
    expect(until.summary).toMatchObject({ transactions: 0, files: [{ transactions: 0 }] });
  });

  test('that is none', async () => {
    await expect(since('yesterday')).rejects.toMatchObject({ code: 'USAGE' });
  });
});

test('clients are named where it is asked for', async () => {
  const { summary, transactions } = await readLogs({ 'audit.log': audit }, { clients: true });
  expect(summary.clients.named).toEqual([{ name: '127.0.0.1', transactions: 21 }]);
  expect(transactions[0]).toMatchObject({ client: '127.0.0.1', userAgent: 'Mozilla/5.0 (fixture)' });
});

test('queries are not told, and ids in paths are put together', async () => {
  const [line = ''] = audit.toString('latin1').split('\n').slice(1);
  const asked = [1, 2, 3].map((id) =>
    line.replace('"uri":"/comments"', `"uri":"/tickets/${id}?token=secret"`).replace(/"unique_id":"/, `$&${id}`),
  );
  const { summary, transactions } = await readLogs({ 'audit.log': asked.join('\n') });
  expect(transactions.map(({ path }) => path)).toEqual(['/tickets/1', '/tickets/2', '/tickets/3']);
  expect(summary.refused[0]).toMatchObject({ path: '/tickets/{number}', transactions: 3 });
  expect(JSON.stringify({ summary, paths: transactions.map(({ path }) => path) })).not.toContain('secret');
});

test('a WAF of one’s own reads its own logs', async () => {
  const cwd = await folderWith({ 'tiny.log': tinyEntry('w7-1', 'evil') + tinyEntry('w7-2', 'calm') });
  const wafs = [tinyWaf()] as const;
  const summary = await logs({ places: ['tiny.log'] }, worldOf({ cwd, wafs }));
  expect(summary).toMatchObject({
    actions: { blocked: 1, passed: 1 },
    refused: [{ ruleId: 'tiny#evil', variable: 'body' }],
  });
});

test('nothing that is known is LOG_UNKNOWN, with what was seen', async () => {
  await expect(readLogs({ 'a.log': '{"level":"info","msg":"up"}\n', 'b.log': '' })).rejects.toMatchObject({
    code: 'LOG_UNKNOWN',
    message: expect.stringContaining('a.log: JSON with the keys level, msg, b.log: it is empty'),
  });
  await expect(logs({ places: ['gone.log'] }, worldOf({ cwd: '/' }))).rejects.toMatchObject({
    code: 'LOG_UNREADABLE',
    problems: [{ place: { file: 'gone.log' } }],
  });
});

test('who ends it early gets what was read', async () => {
  const cwd = await folderWith({ 'audit.log': audit });
  const interrupt = new AbortController();
  const early = () => {
    interrupt.abort();
    return undefined;
  };
  const summary = await logs({ places: ['audit.log', 'audit.log'] }, worldOf({ cwd, signal: interrupt.signal }), early);
  expect(summary).toMatchObject({ isEarly: true, files: [{ file: 'audit.log' }] });
});
