/**
 * The regression tests of the Core Rule Set as `run` replays them, at paranoia 4, where nearly every request fires rules, and as
 * go-ftw does it: one after the other between markers, each on a new connection, the log read after each. See `MarkerReplay`,
 * which stands in for go-ftw: its client takes as much CPU time a test, 1.4 ms. `run` is the built command at 8 connections,
 * from the start of the process to the last of its reports.
 *
 * The tests are those of the Go module coraza-coreruleset, where Go has it, or of the folder in `CRS_TESTS`.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { homedir, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/util/package-root.js';
import { cpuSecondsOf, runProgram } from './support/child.js';
import { interleave, medianOf, ratio } from './support/figures.js';
import { isQuick } from './support/machine.js';
import { printTable, printTarget, whole } from './support/print.js';
import { encodeSuites, perSecond, type Replayed, replaySerially } from './support/serial-replay.js';
import { type RunningServer, startLabServer } from './support/servers.js';

/** Some 1,700 of 3,700 attacks, or 200 of them. */
const rules = isQuick ? /^REQUEST-941/ : /^REQUEST-(?:932|933|942)/;
const rounds = isQuick ? 1 : 2;
const limitSeconds = isQuick ? 15 : 45;
/** A serial replay that takes longer is broken off, and counts for what it has done. */
const serialLimitMs = 30_000;
const program = join(packageRoot, 'dist/cli/main.js');

const folder = await mkdtemp(join(tmpdir(), 'wafproof-bench-'));
try {
  const tests = await findTests();
  const server = tests === undefined ? undefined : await startServer();
  if (tests === undefined) console.log('  NO TESTS OF THE CORE RULE SET HERE: set CRS_TESTS to their folder');
  else if (server === undefined) console.log('  NEITHER NGINX NOR APACHE WITH MODSECURITY IS INSTALLED');
  else await compare(await importTests(tests), server);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function startServer(): Promise<RunningServer | undefined> {
  const options = ['--paranoia', '4', '--mode', 'detect'];
  return (await startLabServer(folder, 'nginx', ...options)) ?? startLabServer(folder, 'apache', ...options);
}

async function findTests(): Promise<string | undefined> {
  const given = process.env['CRS_TESTS'];
  if (given !== undefined) return given;
  const module = join(homedir(), 'go/pkg/mod/github.com/corazawaf/coraza-coreruleset');
  const versions = existsSync(module) ? await readdir(module) : [];
  return versions.map((version) => join(module, version, 'tests')).find((tests) => existsSync(tests));
}

async function importTests(tests: string): Promise<readonly string[]> {
  const suites = join(folder, 'suites');
  await runProgram(process.execPath, [program, 'import', 'ftw', tests, '--out', suites]);
  const attacks = join(suites, 'attacks');
  return (await readdir(attacks)).filter((name) => rules.test(name)).map((name) => join(attacks, name));
}

async function compare(suites: readonly string[], server: RunningServer): Promise<void> {
  try {
    const requests = await encodeSuites(suites, server.url);
    const results = await interleave<Replayed>(
      rounds,
      [
        { name: 'run, with its reports', measure: () => replayByRun(suites, requests.length, server) },
        { name: 'serial, between markers', measure: () => replaySerially(requests, server, serialLimitMs) },
      ],
      limitSeconds,
    );
    report(server.name, results);
  } finally {
    server.close();
  }
}

async function replayByRun(suites: readonly string[], requests: number, server: RunningServer): Promise<Replayed> {
  const { url, log = '' } = server;
  const options = ['--target', url, '--log', log, '--connections', '8', '--quiet', '--out', join(folder, 'out')];
  const began = performance.now();
  const cpuSeconds = await cpuSecondsOf(process.execPath, [program, 'run', ...suites, ...options]);
  return { requests, seconds: (performance.now() - began) / 1000, cpuSeconds };
}

function report(server: string, results: ReadonlyMap<string, readonly Replayed[]>): void {
  const [fast = [], slow = []] = results.values();
  console.log(`  ${server}; medians of ${fast.length} interleaved rounds; load ${loadavg()[0]?.toFixed(1)}`);
  printTable(
    ['', 'requests', 'seconds', 'requests/s', 'client CPU ms/request'],
    [...results].map(([name, runs]) => [
      name,
      whole(medianOf(runs, ({ requests }) => requests)),
      medianOf(runs, ({ seconds }) => seconds).toFixed(1),
      whole(medianOf(runs, perSecond)),
      medianOf(runs, cpuMillis).toFixed(2),
    ]),
  );
  const times = ratio(fast, slow, perSecond);
  printTarget('run >= 2.2 times as fast', times.toFixed(1), times >= 2.2);
  const millis = medianOf(fast, cpuMillis);
  printTarget('run takes < 1.5 ms CPU a case where every case has findings', `${millis.toFixed(2)} ms`, millis < 1.5);
}

function cpuMillis({ requests, cpuSeconds = Number.NaN }: Replayed): number {
  return (cpuSeconds / requests) * 1000;
}
