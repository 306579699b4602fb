import { createWriteStream } from 'node:fs';
import { appendFile, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Transport } from '../../src/contract/transport.js';
import { createFileLogSource } from '../../src/evidence/file-log-source.js';
import { createJoiner, type Joiner } from '../../src/evidence/joiner.js';
import { createCorrelationIds } from '../../src/replay/correlation-ids.js';
import { mapConcurrently } from '../../src/util/concurrency.js';
import { get, listen, transportTo } from '../replay/loopback.js';
import { auditLine, auditLineReader } from './audit-line.js';

async function logPath() {
  const folder = await mkdtemp(join(tmpdir(), 'wafproof-join-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'audit.log');
  await writeFile(path, '');
  return path;
}

/** What the servers below answer and write: which requests are blocked is told by their number. */
const statusOf = (number: number) => (number % 3 === 0 ? 403 : 200);

/** A server that holds its log entries back, and passes them on in a shuffled order. */
function serve(write: (line: string) => void) {
  let held: string[] = [];
  const release = () => {
    const batch = held.toSorted(() => Math.random() - 0.5);
    held = [];
    for (const line of batch) write(line);
  };
  const timer = setInterval(release, 15);
  onTestFinished(() => clearInterval(timer));
  return listen(
    createServer((request, response) => {
      const status = statusOf(Number(request.url?.slice(1)));
      const id = String(request.headers['x-wafproof-id']);
      held.push(auditLine(id, status, { url: request.url, pad: 'x'.repeat(Math.floor(Math.random() * 3000)) }));
      response.writeHead(status).end();
    }),
  );
}

async function join64(transport: Transport, joiner: Joiner, requests: number) {
  const ids = createCorrelationIds();
  const numbers = Array.from({ length: requests }, (_, number) => number);
  const wrong: unknown[] = [];
  const results = mapConcurrently(numbers, 256, async (number) => {
    const id = ids.next();
    const expected = joiner.expect(id);
    const { outcome } = await transport.send(get(`/${number}`), id);
    return { number, id, outcome, joined: await expected.arrival() };
  });
  let joined = 0;
  for await (const result of results) {
    const status = result.outcome.kind === 'answered' ? result.outcome.status : undefined;
    const record = result.joined.kind === 'found' ? result.joined.record : undefined;
    const right =
      record?.correlationId === result.id && record.status === statusOf(result.number) && status === record.status;
    if (right) joined++;
    else wrong.push(result);
  }
  return { joined, wrong };
}

test('64 connections: every answer is joined with its own record, among the junk of a stranger', async () => {
  const path = await logPath();
  const log = createWriteStream(path, { flags: 'a' });
  const stranger = createWriteStream(path, { flags: 'a' });
  const junk = setInterval(() => {
    stranger.write(`not json\n${auditLine('w7-stranger-1', 403)}${auditLine('', 200, { junk: 'y'.repeat(20_000) })}`);
    stranger.write('{"no":"id"}\n');
  }, 2);
  onTestFinished(() => {
    clearInterval(junk);
    for (const stream of [log, stranger]) stream.on('error', () => {}).destroy();
  });
  const transport = transportTo(await serve((line) => log.write(line)), { connections: 64 });
  const joiner = createJoiner({
    source: await createFileLogSource({ path, createReader: auditLineReader }),
    waitMs: 10_000,
  });
  onTestFinished(() => joiner.close());
  expect(await join64(transport, joiner, 4000)).toEqual({ joined: 4000, wrong: [] });
});

test('nothing is lost or mixed up when the log is rotated and truncated meanwhile', async () => {
  const path = await logPath();
  const source = await createFileLogSource({ path, createReader: auditLineReader });
  const joiner = createJoiner({ source, waitMs: 10_000, pollMs: 5 });
  onTestFinished(() => joiner.close());
  const rotations = { done: 0, truncations: 0 };
  let pending = Promise.resolve();
  let lines = 0;
  const write = (line: string) => {
    pending = pending.then(async () => {
      await appendFile(path, line);
      if (++lines % 400 !== 0) return;
      await rename(path, `${path}.${++rotations.done}`);
      await appendFile(`${path}.${rotations.done}`, auditLine('w7-straggler-1', 200));
      await writeFile(path, '');
    });
  };
  const transport = transportTo(await serve(write), { connections: 64 });
  expect(await join64(transport, joiner, 2000)).toEqual({ joined: 2000, wrong: [] });
  expect(rotations.done).toBeGreaterThan(3);
  await pending;
  await truncate(path);
  expect(await join64(transport, joiner, 300)).toEqual({ joined: 300, wrong: [] });
});

test('a log that stops growing makes evidence missing, and nothing hangs', async () => {
  const path = await logPath();
  let written = 0;
  const url = await serve((line) => {
    if (++written <= 50) void appendFile(path, line);
  });
  const transport = transportTo(url, { connections: 16 });
  const joiner = createJoiner({
    source: await createFileLogSource({ path, createReader: auditLineReader }),
    waitMs: 2000,
  });
  onTestFinished(() => joiner.close());
  const { joined, wrong } = await join64(transport, joiner, 200);
  expect(joined).toBe(50);
  expect(wrong).toHaveLength(150);
  for (const result of wrong)
    expect(result).toMatchObject({ joined: { kind: 'missing' }, outcome: { kind: 'answered' } });
});
