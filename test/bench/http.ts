/**
 * How many requests a second `run` sends, in ratio to a plain load generator (wrk, else ab, where one is installed) that
 * sends one and the same request to the same server:
 *
 * - to nginx that answers 200 at once, and to a plain Node server: what the client can do at all;
 * - to the embedded lab with all rules: what is left of it where a WAF is at work, which is where it is used.
 *
 * "run" is the transport of `run` with its correlation ids and, at the lab, the joiner that follows the lab's audit log;
 * "run, no joining" is the same without the joiner. Clients and servers share the machine's cores.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interleave, medianOf, ratio } from './support/figures.js';
import { createLoadGenerator, type Load, type LoadResult } from './support/load-generator.js';
import { isQuick } from './support/machine.js';
import { percent, printTable, whole } from './support/print.js';
import { replayLoad } from './support/replay-load.js';
import { type RunningServer, startLabServer, startNginx, startNodeServer } from './support/servers.js';

const rounds = isQuick ? 2 : 3;
const seconds = 1;
/** Until the client's code is compiled and the server's, too. */
const warmUpSeconds = isQuick ? 1 : 2;
const connections = isQuick ? [1, 16] : [1, 8, 16, 64];

const folder = await mkdtemp(join(tmpdir(), 'wafproof-bench-'));
const servers: RunningServer[] = [];
try {
  for (const start of [startNginx, startNodeServer, startLabServer]) {
    const server = await start(folder);
    if (server === undefined) console.log('  nginx is not installed: nothing is measured against it');
    else servers.push(server);
  }
  for (const server of servers) await compare(server);
} finally {
  for (const server of servers) server.close();
  await rm(folder, { recursive: true, force: true });
}

async function compare(server: RunningServer): Promise<void> {
  const plain = createLoadGenerator(folder);
  if (plain === undefined) console.log('  NO LOAD GENERATOR: install wrk or apache2-utils for a ratio to it');
  await replayLoad({ url: server.url, connections: 16, seconds: warmUpSeconds }, server.log);
  const rows: string[][] = [];
  for (const count of connections) {
    const load: Load = { url: server.url, connections: count, seconds };
    const results = await interleave<LoadResult>(rounds, [
      ...(plain === undefined ? [] : [{ name: plain.name, measure: () => plain.run(load) }]),
      { name: 'run', measure: () => replayLoad(load, server.log) },
      ...(server.log === undefined ? [] : [{ name: 'run, no joining', measure: () => replayLoad(load, undefined) }]),
    ]);
    rows.push(...rowsOf(count, results));
  }
  console.log(`  ${server.name}`);
  printTable(['connections', 'client', 'requests/s', 'of the plain client', 'client CPU us/request'], rows);
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
      name === first && name === 'run' ? '-' : percent(ratio(runs, base, perSecond)),
      Number.isNaN(micros) ? '-' : whole(micros),
    ];
  });
}

function perSecond(result: LoadResult): number {
  return result.perSecond;
}
