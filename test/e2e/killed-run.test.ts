import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { RunReport } from '../../src/model/report.js';
import { packageRoot } from '../../src/util/package-root.js';
import { suiteOfGets, suiteOfPosts } from '../pipeline/run-against.js';
import { type Received, serveWaf } from '../pipeline/waf-server.js';
import { start as startCommand } from './command.js';

const program = join(packageRoot, 'dist', 'cli', 'main.js');

/** `wafproof run` as a process of its own. */
function start(waf: { url: string; log: string; folder: string }, ...words: readonly string[]) {
  const args = [program, 'run', 's.yaml', '--target', waf.url, '--log', waf.log, '--out', 'out', ...words];
  const child = spawn(process.execPath, args, { cwd: waf.folder, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, ended: endOf(child) };
}

function endOf(child: ChildProcess): Promise<{ code: number | null; stderr: string }> {
  let stderr = '';
  child.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  child.stdout?.resume();
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stderr })));
}

async function reportOf({ folder }: { folder: string }): Promise<RunReport> {
  return JSON.parse(await readFile(join(folder, 'out', 'report.json'), 'utf8'));
}

const journalOf = ({ folder }: { folder: string }) => join(folder, 'out', 'journal.jsonl');

/** How often each request arrived. */
function countsOf(received: readonly Received[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { url } of received) counts.set(url, (counts.get(url) ?? 0) + 1);
  return counts;
}

/** A server with a WAF's log that calls back when so many requests have arrived. */
async function serveUntil(count: number, reached: () => void) {
  const waf = await serveWaf((_, earlier) => {
    if (earlier.length === count) reached();
    return {};
  });
  return waf;
}

test.each([
  [40, '--connections=1'],
  [150, '--connections=8'],
  [290, '--connections=16'],
])('a run that is killed after %i requests is continued, and no POST arrives twice', async (count, connections) => {
  let kill = () => {};
  const waf = await serveUntil(count, () => kill());
  await writeFile(join(waf.folder, 's.yaml'), suiteOfPosts(300));
  const first = start(waf, connections);
  kill = () => void first.child.kill('SIGKILL');
  await first.ended;
  expect(existsSync(join(waf.folder, 'out', 'report.json'))).toBe(false);
  const { stderr } = await start(waf, connections, '--resume').ended;
  expect(stderr).not.toContain('internal error');
  const counts = countsOf(waf.received);
  expect([...counts.values()].filter((times) => times !== 1)).toEqual([]);
  const { results, summary, interrupted } = await reportOf(waf);
  expect(interrupted).toBeUndefined();
  expect(new Set(results.map(({ id }) => id)).size).toBe(300);
  const unknown = results.filter(({ verdict }) => verdict.kind === 'inconclusive');
  for (const { request } of unknown) expect(counts.has(request.path)).toBe(false);
  expect(summary.verdicts['let-through']).toBe(300 - unknown.length);
  for (const { verdict } of unknown)
    expect(verdict).toMatchObject({ reason: expect.stringContaining('not sent again') });
  for (const { request } of results.filter(({ verdict }) => verdict.kind === 'let-through'))
    expect(counts.get(request.path)).toBe(1);
  expect(existsSync(journalOf(waf))).toBe(false);
});

test('a run may be killed again and again', async () => {
  let kill = () => {};
  let next = 50;
  const waf = await serveWaf((_, earlier) => {
    if (earlier.length >= next) {
      next += 60;
      kill();
    }
    return {};
  });
  await writeFile(join(waf.folder, 's.yaml'), suiteOfPosts(200));
  for (let parts = 0; !existsSync(join(waf.folder, 'out', 'report.json')); parts++) {
    expect(parts).toBeLessThan(9);
    const part = start(waf, ...(parts === 0 ? [] : ['--resume']));
    kill = () => void part.child.kill('SIGKILL');
    await part.ended;
  }
  expect([...countsOf(waf.received).values()].filter((times) => times !== 1)).toEqual([]);
  expect((await reportOf(waf)).summary.cases).toBe(200);
});

test('Ctrl-C writes the report so far, keeps the journal, and --resume does the rest', async () => {
  let interrupt = () => {};
  const waf = await serveUntil(60, () => interrupt());
  await writeFile(join(waf.folder, 's.yaml'), suiteOfGets(300));
  const first = start(waf);
  interrupt = () => void first.child.kill('SIGINT');
  const { code, stderr } = await first.ended;
  expect([code, stderr.includes('--resume does the rest')]).toEqual([1, true]);
  const partly = await reportOf(waf);
  expect(partly.interrupted).toMatch(/interrupted/);
  expect(partly.summary.verdicts['let-through']).toBeGreaterThan(0);
  expect((await start(waf, '--resume').ended).code).toBe(0);
  expect((await reportOf(waf)).summary).toMatchObject({ cases: 300, unexpected: 0 });
  expect(existsSync(journalOf(waf))).toBe(false);
  const { code: late, stderr: reason } = await start(waf, '--resume').ended;
  expect([late, reason]).toEqual([2, expect.stringContaining('RESUME_MISSING')]);
});

test('an interrupted run leaves the report of a finished one, and the finished one that follows replaces both', async () => {
  const waf = await serveWaf();
  await writeFile(join(waf.folder, 's.yaml'), suiteOfGets(3));
  await start(waf).ended;
  const finished = await reportOf(waf);
  const folder = join(waf.folder, 'out', 'interrupted');
  let interrupt = () => {};
  const slow = await serveUntil(20, () => interrupt());
  const place = { ...slow, folder: waf.folder };
  await writeFile(join(waf.folder, 's.yaml'), suiteOfGets(300));
  const second = start(place);
  interrupt = () => void second.child.kill('SIGINT');
  const { stderr } = await second.ended;
  expect(stderr).toContain('out keeps the report of an earlier run, which was finished');
  expect(stderr).toContain(`is in ${join('out', 'interrupted')}\n`);
  expect(await reportOf(waf)).toEqual(finished);
  const partly: RunReport = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8'));
  expect(partly.interrupted).toMatch(/interrupted/);
  expect(existsSync(join(folder, 'report.html'))).toBe(true);
  expect((await start(place, '--resume').ended).code).toBe(0);
  expect((await reportOf(waf)).summary.cases).toBe(300);
  expect(existsSync(folder)).toBe(false);
});

test('a target that dies ends the run with 2, a report, and a journal', async () => {
  let state: 'up' | 'down' | 'up again' = 'up';
  const waf = await serveWaf((_, earlier) => {
    if (state === 'up' && earlier.length === 30) state = 'down';
    return state === 'down' ? 'cut' : {};
  });
  await writeFile(join(waf.folder, 's.yaml'), suiteOfGets(300));
  const { code } = await start(waf, '--max-failures', '4').ended;
  const report = await reportOf(waf);
  expect([code, report.summary.cases]).toEqual([2, 300]);
  expect(report.summary.verdicts).toEqual({ 'let-through': 30, inconclusive: 270 });
  expect(waf.received.length).toBeLessThan(100);
  state = 'up again';
  expect((await start(waf, '--resume', '--max-failures', '4').ended).code).toBe(0);
  expect((await reportOf(waf)).summary.verdicts).toEqual({ 'let-through': 300 });
});

test.each([['run'], ['check'], ['tune'], ['report']])(
  'while a run writes into a folder, %s does not, and names it; a killed one is in nobody’s way',
  async (command) => {
    let release = () => {};
    const reached = new Promise<void>((resolve) => {
      release = resolve;
    });
    const waf = await serveWaf(async (_, earlier) => {
      if (earlier.length === 10) release();
      return earlier.length < 10 ? {} : new Promise(() => {});
    });
    await writeFile(join(waf.folder, 's.yaml'), suiteOfPosts(40));
    const first = start(waf);
    await reached;
    const words = {
      run: ['run', 's.yaml', '--target', waf.url, '--log', waf.log, '--resume'],
      check: ['check', 's.yaml'],
      tune: ['tune', 'report.json'],
      report: ['report', 'report.json'],
    }[command];
    const second = await startCommand([...(words ?? []), '--out', 'out'], { cwd: waf.folder }).ended;
    expect([second.code, second.stderr]).toEqual([2, expect.stringContaining(`OUTPUT_LOCKED out another process`)]);
    expect(second.stderr).toContain(`"wafproof run", process ${first.child.pid} on `);
    first.child.kill('SIGKILL');
    await first.ended;
    const third = await startCommand(['check', 's.yaml', '--out', 'out', '--quiet'], { cwd: waf.folder }).ended;
    expect([third.code, third.stderr]).toEqual([0, '']);
    expect(existsSync(journalOf(waf))).toBe(true);
  },
);
