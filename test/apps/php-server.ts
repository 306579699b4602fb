import { spawn, spawnSync } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

/** Where PHP's own server serves from, and what its programs are told by the environment. */
export interface PhpSite {
  /** The folder whose files and programs are served. */
  readonly root: string;
  /** A folder for what the server writes. */
  readonly folder: string;
  readonly port: number;
  readonly env?: NodeJS.ProcessEnv;
}

const settings = ['-d', 'display_errors=0', '-d', 'memory_limit=512M', '-d', 'upload_max_filesize=8M'];

/** Runs a PHP program to its end; its standard output. */
export function runPhp(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): string {
  const all = { ...process.env, ...env };
  const { status, stdout, stderr } = spawnSync('php', [...settings, ...args], { cwd, encoding: 'utf8', env: all });
  if (status !== 0) throw new Error(`php ${args[0]} ended with ${status}: ${stderr}${stdout}`);
  return stdout;
}

/** PHP's own server on loopback until the test ends; its workers go with it. */
export async function startPhp({ root, folder, port, env = {} }: PhpSite): Promise<string> {
  const log = openSync(join(folder, 'php.log'), 'a');
  const all = { ...process.env, ...env, PHP_CLI_SERVER_WORKERS: '4' };
  const server = spawn('php', [...settings, '-S', `127.0.0.1:${port}`, '-t', root], {
    cwd: root,
    env: all,
    detached: true,
    stdio: ['ignore', log, log],
  });
  const { pid } = server;
  onTestFinished(() => {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  });
  while (!(await listens(port))) {
    if (server.exitCode !== null) throw new Error(`PHP ended: ${readFileSync(join(folder, 'php.log'), 'utf8')}`);
    await sleep(50);
  }
  return `http://127.0.0.1:${port}`;
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.once('connect', () => resolve(socket.destroy() !== undefined));
    socket.once('error', () => resolve(false));
  });
}
