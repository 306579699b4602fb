import { appendFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import type { LogRecord } from '../../src/contract/log-record.js';
import type { LogSource } from '../../src/contract/log-source.js';
import { createJoiner } from '../../src/evidence/joiner.js';
import type { LogPlaces } from '../../src/model/target-options.js';
import { openPlaces } from '../../src/pipeline/open-places.js';
import type { ModsecurityRecord } from '../../src/waf/modsecurity/log-record.js';
import { createLogReader } from '../../src/waf/modsecurity/logs/log-reader.js';
import { ModsecurityMerger } from '../../src/waf/modsecurity/logs/record-merger.js';

const fixtures = join(import.meta.dirname, '../fixtures/logs');

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wafproof-log-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

async function open(places: LogPlaces): Promise<LogSource<ModsecurityRecord>> {
  const source = await openPlaces(places, () => createLogReader({ prefix: 'w7-fix-' }));
  onTestFinished(() => source.close());
  return source;
}

async function take(source: LogSource): Promise<readonly LogRecord[]> {
  const records: LogRecord[] = [];
  for await (const record of source.records()) records.push(record);
  return records;
}

async function takeUntil(source: LogSource, count: number): Promise<readonly LogRecord[]> {
  const records: LogRecord[] = [];
  for (const end = Date.now() + 5000; records.length < count && Date.now() < end; ) {
    records.push(...(await take(source)));
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return records;
}

/** The requests that records are about: Coraza's entries have lines that are records too. */
function idsOf(records: readonly LogRecord[]): readonly (string | undefined)[] {
  return [...new Set(records.map(({ correlationId }) => correlationId))];
}

test('a command is read while it runs', async () => {
  const folder = await newFolder();
  const path = join(folder, 'audit.log');
  await writeFile(path, '');
  const source = await open({ log: { command: `tail -n0 -F '${path}' | cat` } });
  await appendFile(path, await readFile(join(fixtures, 'v2/audit-native.log')));
  expect(await takeUntil(source, 30)).toHaveLength(30);
});

test('a command that ends at once is LOG_MISSING, with its last words', async () => {
  const opening = open({ log: { command: 'echo "ssh: no route to host" >&2; exit 255' } });
  await expect(opening).rejects.toMatchObject({
    code: 'LOG_MISSING',
    message: expect.stringMatching(/ended with code 255: ssh: no route to host/),
  });
});

test('a past log, packed or not', async () => {
  const folder = await newFolder();
  const path = join(folder, 'audit.log.2.gz');
  await writeFile(path, gzipSync(await readFile(join(fixtures, 'v2/audit-json.log'))));
  const source = await open({ log: path });
  expect(await take(source)).toHaveLength(30);
  expect(await take(source)).toEqual([]);
  await expect(take(await open({ log: join(folder, 'none.gz') }))).rejects.toMatchObject({ code: 'LOG_MISSING' });
  await writeFile(path, 'not gzip');
  await expect(take(await open({ log: path }))).rejects.toMatchObject({ code: 'LOG_MISSING' });
});

test('since reads the past of a file', async () => {
  const log = join(fixtures, 'v2/audit-json.log');
  expect(await take(await open({ log }))).toEqual([]);
  expect(await take(await open({ log, since: '2026-11-23T00:00:00Z' }))).toHaveLength(30);
  expect(await take(await open({ log, since: '2999-01-01T00:00:00Z' }))).toEqual([]);
});

test.each(['v2', 'v3', 'coraza'])('%s: concurrent entries by their folder', async (engine) => {
  const folder = await newFolder();
  for (const name of ['audit-concurrent', 'audit-concurrent-json']) {
    const path = join(folder, name);
    await mkdir(path);
    const source = await open({ log: path });
    expect(await take(source)).toEqual([]);
    await cp(join(fixtures, engine, name), path, { recursive: true });
    expect(idsOf(await takeUntil(source, 7))).toHaveLength(7);
    expect(await take(source)).toEqual([]);
    expect(await take(await open({ log: path }))).toEqual([]);
  }
});

test('an entry that is half written is read when it is whole', async () => {
  const folder = await newFolder();
  const source = await open({ log: folder });
  const day = join(folder, '20261123/20261123-0546');
  await mkdir(day, { recursive: true });
  const bytes = (await readFile(join(fixtures, 'v3/audit-json.log'))).subarray(0, 60_000);
  const entry = bytes.subarray(0, bytes.indexOf('\n') + 1);
  await writeFile(join(day, '1'), entry.subarray(0, 500));
  expect(await take(source)).toEqual([]);
  await appendFile(join(day, '1'), entry.subarray(500));
  expect(await take(source)).toHaveLength(1);
  expect(await take(source)).toEqual([]);
});

test.each(['v2', 'v3', 'coraza'])('%s: concurrent entries by their index', async (engine) => {
  const folder = await newFolder();
  const index = join(folder, 'modsec_audit.log');
  await writeFile(index, '');
  const source = await open({ log: index });
  await cp(join(fixtures, engine, 'audit-concurrent'), join(folder, 'storage'), { recursive: true });
  const lines = await readFile(join(fixtures, engine, 'audit-concurrent.log'), 'latin1');
  await appendFile(index, lines.replaceAll('/srv/lab/audit-concurrent', join(folder, 'storage')), 'latin1');
  const records = await take(source);
  expect(idsOf(records)).toContain('w7-fix-sqli');
  expect(idsOf(records)).toHaveLength(7);
});

test('an audit log and an error log complete each other', async () => {
  const folder = await newFolder();
  const [audit, error] = [join(folder, 'audit.log'), join(folder, 'error.log')];
  await Promise.all([writeFile(audit, ''), writeFile(error, '')]);
  const source = await open({ log: [audit, error] });
  const joiner = createJoiner({ merger: new ModsecurityMerger(), source, waitMs: 2000, pollMs: 5 });
  onTestFinished(() => joiner.close());
  const arrivals = ['sqli', 'house-silent', 'benign'].map((name) => joiner.expect(`w7-fix-${name}`).arrival());
  await appendFile(audit, await readFile(join(fixtures, 'v3/audit-json.log')));
  await appendFile(error, await readFile(join(fixtures, 'v3/error-json.log')));
  const [sqli, silent, benign] = await Promise.all(arrivals);
  expect(sqli).toMatchObject({ record: { action: 'blocked', status: 403, waf: { version: 'ModSecurity 3.0.9' } } });
  expect(sqli?.kind === 'found' && sqli.record.hits.map(({ ruleId }) => ruleId)).toEqual([
    942100, 942190, 942270, 942360,
  ]);
  // JSON of libmodsecurity 3 has not a word on this refusal; the error log has.
  expect(silent).toMatchObject({ record: { action: 'blocked', blockedBy: { ruleId: 10004 } } });
  expect(benign).toMatchObject({ record: { action: 'passed', hits: [] } });
});

test('the lines of an error log come one by one', async () => {
  const folder = await newFolder();
  const path = join(folder, 'error.log');
  await writeFile(path, '');
  const joiner = createJoiner({
    merger: new ModsecurityMerger(),
    source: await open({ log: path }),
    waitMs: 2000,
    pollMs: 5,
  });
  onTestFinished(() => joiner.close());
  const lines = (await readFile(join(fixtures, 'v2/error-native.log'), 'latin1')).split('\n');
  const id = /unique_id "([^"]+)"/.exec(lines.find((line) => line.includes('"w7-fix-sqli"')) ?? '')?.[1] ?? '';
  const arrival = joiner.expect('w7-fix-sqli').arrival();
  for (const line of lines.filter((one) => one.includes(id))) {
    await appendFile(path, `${line}\n`, 'latin1');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(await arrival).toMatchObject({
    kind: 'found',
    record: { action: 'blocked', score: { inbound: 20, threshold: 5 }, hits: [{}, {}, {}, {}] },
  });
});

test('without the closing marker, the record is taken when no more lines come', async () => {
  const folder = await newFolder();
  const path = join(folder, 'error.log');
  await writeFile(path, '');
  const joiner = createJoiner({
    merger: new ModsecurityMerger(),
    source: await open({ log: path }),
    waitMs: 2000,
    pollMs: 5,
  });
  onTestFinished(() => joiner.close());
  const arrival = joiner.expect('w7-fix-sqli').arrival();
  const log = await readFile(join(fixtures, 'v3/error-json.log'), 'latin1');
  await appendFile(
    path,
    log
      .split('\n')
      .filter((line) => !line.includes('"9900021"'))
      .join('\n'),
    'latin1',
  );
  expect(await arrival).toMatchObject({ record: { action: 'blocked', hits: [{}, {}, {}, {}] } });
});
