/**
 * How many requests a second `run` sends, in ratio to a plain load generator (wrk, else ab, where one is installed) that
 * sends one and the same request to the same server:
 *
 * - to nginx that answers 200 at once, and to a plain Node server: what the client can do at all;
 * - to the labs of Apache and nginx with the Core Rule Set: what is left of it where a WAF is at work, which is where it is used.
 *
 * "run" is the transport of `run` with its correlation ids and, at a lab, the joiner that follows the lab's audit log;
 * "run, no joining" is the same without the joiner. At a lab the plain client sends an id too, always the same, since rules
 * log it; "no id" is the plain client without, which shows what logging ids costs the WAF. Clients and servers share the
 * machine's cores: each microsecond of a client is one that the WAF does not have.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Contestant, interleave, medianOf, ratio } from './support/figures.js';
import { createLoadGenerator, type Load, type LoadGenerator, type LoadResult } from './support/load-generator.js';
import { isQuick } from './support/machine.js';
import { percent, printTable, printTarget, whole } from './support/print.js';
import { replayLoad } from './support/replay-load.js';
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

async function compare(server: RunningServer): Promise<void> {
  await replayLoad({ url: server.url, connections: 16, seconds: warmUpSeconds }, server.log);
  const rows: string[][] = [];
  const shares: number[] = [];
  for (const count of connections) {
    const load: Load = { url: server.url, connections: count, seconds: server.log === undefined ? 1 : 2 };
    const results = await interleave<LoadResult>(rounds, contestants(load, server.log), limitSeconds);
    rows.push(...rowsOf(count, results));
    if (plain !== undefined) shares.push(ratio(results.get('run') ?? [], results.get(plain.name) ?? [], perSecond));
  }
  console.log(`  ${server.name}`);
  printTable(['connections', 'client', 'requests/s', 'of the plain client', 'client CPU us/request'], rows);
  if (server.log === undefined || plain === undefined) return;
  const best = Math.max(...shares);
  printTarget('run >= 85 % of the plain client, at the better number of connections', percent(best), best >= 0.85);
}

function contestants(load: Load, log: string | undefined): readonly Contestant<LoadResult>[] {
  const run = { name: 'run', measure: () => replayLoad(load, log) };
  if (log === undefined) return [...plainly('', load), run];
  return [
    ...plainly('', { ...load, id: 'w7-plain-1' }),
    run,
    { name: 'run, no joining', measure: () => replayLoad(load, undefined) },
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
    const micros = medianOf(runs, ({ clientMicros = Number.NaN }) => clientMicros);
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
