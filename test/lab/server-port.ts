import { randomInt } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';

const linuxRange = '/proc/sys/net/ipv4/ip_local_port_range';
const usualRange = '49152 65535';
const mostTries = 100;

/**
 * A port of 127.0.0.1 on which a server may be started, and started again. It is even, and none of those that the system
 * gives to connections and to whoever asks for any port. This process holds the odd port after it for as long as it lives, so
 * that no other test process chooses the same.
 */
export async function serverPort(): Promise<number> {
  for (let tries = 0; tries < mostTries; tries++) {
    const port = evenPort();
    if ((await claim(port + 1)) && (await isFree(port))) return port;
  }
  throw new Error(`none of ${mostTries} ports is free`);
}

/** Below what the system gives away, or above it where nothing is left below. */
function evenPort(): number {
  const range = existsSync(linuxRange) ? readFileSync(linuxRange, 'utf8') : usualRange;
  const [low = 0, high = 0] = range.trim().split(/\s+/).map(Number);
  const [first, end] = low > 12_000 ? [10_000, low - 1] : [high + 1, 65_535];
  return 2 * randomInt(Math.ceil(first / 2), Math.floor(end / 2) + 1);
}

async function claim(port: number): Promise<boolean> {
  const server = await listen(port);
  server?.unref();
  return server !== undefined;
}

async function isFree(port: number): Promise<boolean> {
  const server = await listen(port);
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
  return server !== undefined;
}

function listen(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
