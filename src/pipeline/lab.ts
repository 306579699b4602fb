import type { LabServer, RunningLab } from '../contract/lab-server.js';
import { fail } from '../model/error.js';
import { installedEngine, type LogFormat, type StartLabOptions } from '../model/options.js';
import { wafsOf } from './find-waf.js';
import type { World } from './world.js';

export type { RunningLab };

/** The servers that the lab can start, the usual one first; with a format, those whose log can have it. */
export function labNames(logFormat?: LogFormat, world: Pick<World, 'wafs'> = {}): readonly string[] {
  const servers = labServers(world).filter(
    ({ logFormats }) => logFormat === undefined || logFormats.includes(logFormat),
  );
  return servers.map(({ name }) => name);
}

/**
 * Starts a WAF-protected application on loopback. Its log has an entry of every request. Where nothing else is said, it is
 * the first server that there is, with what is installed, on a free port, and it blocks.
 * @throws WafproofError `USAGE` where there is no such server, `LAB_PORT`, `LAB_MISSING`, `LAB_START`, and all that can be
 * wrong with an engine
 */
export async function startLab(options: StartLabOptions, world: Pick<World, 'wafs'> = {}): Promise<RunningLab> {
  const servers = labServers(world);
  const server = options.waf === undefined ? servers[0] : servers.find(({ name }) => name === options.waf);
  if (server === undefined) throw unknownServer(options.waf, servers);
  const engine = { ...installedEngine, ...options.engine };
  return server.start({ port: 0, mode: 'block', ...options, engine });
}

function labServers(world: Pick<World, 'wafs'>): readonly LabServer[] {
  return wafsOf(world).flatMap(({ labs }) => labs);
}

function unknownServer(wanted: string | undefined, servers: readonly LabServer[]) {
  const known = servers.map(({ name }) => name).join(', ');
  return fail('USAGE', { message: `--waf is one of ${known}, not "${wanted}"`, command: 'lab' });
}
