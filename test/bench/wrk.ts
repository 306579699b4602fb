/**
 * How many requests a second `run` sends, in ratio to a plain load generator (wrk, else ab, where one is installed) that
 * sends one and the same request to the same server:
 *
 * - to nginx that answers 200 at once, and to a plain Node server: what the client can do at all;
 * - to the labs of Apache and nginx with the Core Rule Set: what is left of it where a WAF is at work, which is where it is used.
 *
 * "run" is all that `run` does between suites and report: correlation ids, the joiner that follows the lab's audit log, the
 * verdict and the journal; "transport" only sends. At a lab the plain client sends ids too, since rules log them; wrk a new
 * one with each request, ab always the same. "no id" is the plain client without, which shows what logging ids costs the WAF.
 * Clients and servers share the machine's cores: each microsecond of a client is one that the WAF does not have.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Contestant, interleave, medianOf, ratio } from './support/figures.js';
import { createLoadGenerator, type Load, type LoadGenerator, type LoadResult } from './support/load-generator.js';
import { isQuick } from './support/machine.js';
import { percent, printTable, printTarget, whole } from './support/print.js';
import { replayLoad, sendLoad } from './support/replay-load.js';
import { type RunningServer, startLabServer, startNginx, startNodeServer } from './support/servers.js';

const rounds = isQuick ? 2 : 3;
/** For each server and number of connections. On a busy machine there are fewer rounds. */
const limitSeconds = isQuick ? 8 : 20;
/** Until the client's code is compiled and the server's, too. */
const warmUpSeconds = isQuick ? 1 : 2;
const connections = isQuick ? [8] : [8, 32];

type Start = (folder: string) => Promise<RunningServer | undefined>;

const servers: Readonly<Record<string, Start>> = {
  nginx: startNginx,
  'node:http': startNodeServer,
  'lab --waf apache': (folder) => startLabServer(folder, 'apache'),
  'lab --waf nginx': (folder) => startLabServer(folder, 'nginx'),
};

const folder = await mkdtemp(join(tmpdir(), 'wafproof-bench-'));
const plain = createLoadGenerator(folder);
try {
  if (plain === undefined) console.log('  NO LOAD GENERATOR: install wrk or apache2-utils for a ratio to it');
  for (const [name, start] of Object.entries(servers)) await measure(name, start);
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** One server at a time: workers that idle cost time, too. */
async function measure(name: string, start: Start): Promise<void> {
  const server = await start(folder);
  if (server === undefined) {
    console.log(`  ${name} DOES NOT START HERE: nothing is measured against it`);
    return;
  }
  try {
    await compare(server);
  } finally {
    server.close();
  }
}

async function compare({ name, url, log }: RunningServer): Promise<void> {
  const warmUp = { url, connections: 16, seconds: warmUpSeconds };
  await (log === undefined ? sendLoad(warmUp) : replayLoad(warmUp, log));
  const rows: string[][] = [];
  const shares: number[] = [];
  const costs: number[] = [];
  for (const count of connections) {
    const load: Load = { url, connections: count, seconds: log === undefined ? 1 : 2 };
    const results = await interleave<LoadResult>(rounds, contestants(load, log), limitSeconds);
    rows.push(...rowsOf(count, results));
    costs.push(medianOf(results.get('run') ?? [], microsOf));
    if (plain !== undefined) shares.push(ratio(results.get('run') ?? [], results.get(plain.name) ?? [], perSecond));
  }
  console.log(`  ${name}; load ${loadavg()[0]?.toFixed(1)}`);
  printTable(['connections', 'client', 'requests/s', 'of the plain client', 'client CPU us/request'], rows);
  if (log !== undefined) printTargets(shares, costs);
}

function printTargets(shares: readonly number[], costs: readonly number[]): void {
  const micros = Math.min(...costs);
  printTarget('run takes <= 180 us CPU a request', `${whole(micros)} us`, micros <= 180);
  if (plain === undefined) return;
  const best = Math.max(...shares);
  printTarget('run >= 95 % of the plain client, at the better number of connections', percent(best), best >= 0.95);
}

function contestants(load: Load, log: string | undefined): readonly Contestant<LoadResult>[] {
  const transport = { name: 'transport', measure: () => sendLoad(load) };
  if (log === undefined) return [...plainly('', load), transport];
  return [
    ...plainly('', { ...load, id: 'w7-plain-' }),
    { name: 'run', measure: () => replayLoad(load, log, join(folder, 'journal.jsonl')) },
    { name: 'run, no journal', measure: () => replayLoad(load, log) },
    transport,
    ...plainly(', no id', load),
  ];
}

function plainly(suffix: string, load: Load, client: LoadGenerator | undefined = plain): Contestant<LoadResult>[] {
  return client === undefined ? [] : [{ name: `${client.name}${suffix}`, measure: () => client.run(load) }];
}

function rowsOf(count: number, results: ReadonlyMap<string, readonly LoadResult[]>): string[][] {
  const [first] = results.keys();
  const base = results.get(first ?? '') ?? [];
  return [...results].map(([name, runs]) => {
    const micros = medianOf(runs, microsOf);
    return [
      `${count}`,
      name,
      whole(medianOf(runs, perSecond)),
      plain === undefined ? '-' : percent(ratio(runs, base, perSecond)),
      Number.isNaN(micros) ? '-' : whole(micros),
    ];
  });
}

function perSecond(result: LoadResult): number {
  return result.perSecond;
}

function microsOf({ clientMicros = Number.NaN }: LoadResult): number {
  return clientMicros;
}
