/**
 * What it is worth to know each request again in the log: `run` at 8 connections, from the suites' files to the report, and
 * on the same server with the same log a serial replay of the same requests between markers, each on a new connection, as
 * tools do that test rules by the log. See `MarkerReplay`. Read the ratio; both wait for the same WAF.
 *
 * The serial replay is this program's own, and gets the requests ready made: it neither reads suites nor judges.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../src/pipeline/run.js';
import { loadSuites } from '../../src/suite/load-suites.js';
import { packageRoot } from '../../src/util/package-root.js';
import { CheckTimer } from './support/check-timer.js';
import { interleave, medianOf, ratio } from './support/figures.js';
import { isQuick } from './support/machine.js';
import { printTable, printTarget, whole } from './support/print.js';
import { encodeSuites, perSecond, type Replayed, replaySerially } from './support/serial-replay.js';
import { type RunningServer, startLabServer } from './support/servers.js';

const size = isQuick ? 300 : 2000;
const rounds = isQuick ? 1 : 3;
/** On a busy machine there are fewer rounds. */
const limitSeconds = isQuick ? 15 : 60;
const connections = 8;
/** A serial replay that takes longer is broken off, and counts for what it has done. */
const serialLimitMs = isQuick ? 20_000 : 45_000;

const folder = await mkdtemp(join(tmpdir(), 'wafproof-bench-'));
try {
  const server = (await startLabServer(folder, 'apache')) ?? (await startLabServer(folder, 'nginx'));
  if (server === undefined)
    console.log('  NEITHER APACHE NOR NGINX WITH MODSECURITY IS INSTALLED: nothing is measured');
  else await compare(server);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function compare(server: RunningServer): Promise<void> {
  try {
    const suites = await chooseSuites();
    const requests = await encodeSuites(suites, server.url);
    const results = await interleave<Replayed>(
      rounds,
      [
        { name: `run, ${connections} connections`, measure: () => replayBySuites(suites, server) },
        { name: 'serial, between markers', measure: () => replaySerially(requests, server, serialLimitMs) },
      ],
      limitSeconds,
    );
    report(server.name, results);
  } finally {
    server.close();
  }
}

/** Shipped suites with at least as many cases as are wanted. */
async function chooseSuites(): Promise<readonly string[]> {
  const chosen: string[] = [];
  let count = 0;
  const all = await loadSuites({ patterns: [join(packageRoot, 'suites', '*.yaml')], cwd: packageRoot, env: {} });
  const sizes = new Map<string, number>();
  for await (const { at } of all.cases()) sizes.set(at.file, (sizes.get(at.file) ?? 0) + 1);
  for (const [file, cases] of sizes) {
    if (count >= size) break;
    chosen.push(file);
    count += cases;
  }
  return chosen;
}

async function replayBySuites(suites: readonly string[], { url, log = '' }: RunningServer): Promise<Replayed> {
  const limits = { connections, timeoutMs: 30_000, logWaitMs: 5000, attacks: true, insecure: false };
  const { signal } = new AbortController();
  const world = { cwd: packageRoot, env: {}, signal, progress: new CheckTimer() };
  const began = performance.now();
  const { results } = await run(
    { suites, select: { tags: [] }, target: { name: 'bench', url, waf: { kind: 'modsecurity', log }, ...limits } },
    world,
  );
  return { requests: results.length, seconds: (performance.now() - began) / 1000 };
}

function report(server: string, results: ReadonlyMap<string, readonly Replayed[]>): void {
  const [fast = [], slow = []] = results.values();
  console.log(`  ${server}; medians of ${fast.length} interleaved rounds; load ${loadavg()[0]?.toFixed(1)}`);
  printTable(
    ['', 'requests', 'seconds', 'requests/s'],
    [...results].map(([name, runs]) => [
      name,
      whole(medianOf(runs, ({ requests }) => requests)),
      medianOf(runs, ({ seconds }) => seconds).toFixed(1),
      whole(medianOf(runs, perSecond)),
    ]),
  );
  const times = ratio(fast, slow, perSecond);
  printTarget('run >= 5 times as fast', times.toFixed(1), times >= 5);
}
