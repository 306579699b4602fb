import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../../../src/util/package-root.js';
import { versionOf } from './machine.js';

/** A server in a process of its own, on loopback. */
export interface RunningServer {
  readonly name: string;
  readonly url: string;
  /** Its WAF's audit log, where it has a WAF. */
  readonly log?: string;
  close(): void;
}

const nginxProgram = 'nginx';

/** nginx that answers 200 and reads nothing from disk; nothing where it is not installed. */
export async function startNginx(folder: string): Promise<RunningServer | undefined> {
  const version = versionOf(nginxProgram, '-v');
  if (version === undefined) return undefined;
  const port = await freePort();
  const own = join(folder, 'nginx');
  await mkdir(own);
  await writeFile(join(own, 'nginx.conf'), nginxConfig(own, port));
  const nginx = spawn(nginxProgram, ['-p', own, '-c', join(own, 'nginx.conf'), '-e', 'stderr'], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  await answers(url);
  return { name: `nginx ${version}, return 200`, url, close: () => void nginx.kill() };
}

function nginxConfig(folder: string, port: number): string {
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${folder}/${kind};`,
  );
  return `daemon off; worker_processes 1; pid ${folder}/nginx.pid; error_log /dev/null;
events { worker_connections 512; }
http {
  ${paths.join(' ')}
  access_log off; keepalive_requests 10000000;
  server { listen 127.0.0.1:${port}; location / { return 200 "ok"; } }
}
`;
}

export async function startNodeServer(): Promise<RunningServer> {
  return { name: 'node:http, 200', ...(await startProcess(new URL('./plain-server-process.js', import.meta.url))) };
}

/** A server that answers at once and writes an audit log, as one with a WAF does. */
export async function startLoggingServer(log: string): Promise<RunningServer> {
  await writeFile(log, '');
  return {
    name: 'node:http, with a log',
    log,
    ...(await startProcess(new URL('./logging-server-process.js', import.meta.url), log)),
  };
}

async function startProcess(script: URL, ...parameters: readonly string[]): Promise<Omit<RunningServer, 'name'>> {
  const child = fork(fileURLToPath(script), parameters, { execArgv: [] });
  const [port]: unknown[] = await once(child, 'message');
  return { url: `http://127.0.0.1:${String(port)}`, close: () => void child.kill() };
}

/** The lab as the command starts it, with the Core Rule Set; nothing where its server is not installed. */
export async function startLabServer(
  folder: string,
  waf: 'apache' | 'nginx',
  ...more: readonly string[]
): Promise<RunningServer | undefined> {
  const log = join(folder, `audit-${waf}.log`);
  const options = ['--waf', waf, '--port', '0', '--audit-log', log, ...more];
  const command = [join(packageRoot, 'dist/cli/main.js'), 'lab', ...options];
  const lab = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'ignore'] });
  const url = await firstUrl(lab);
  return url === undefined ? undefined : { name: `lab, ${waf}`, url, log, close: () => void lab.kill() };
}

async function firstUrl(child: ChildProcess): Promise<string | undefined> {
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    const url = /http:\/\/\S+:\d+/.exec(text)?.[0];
    if (url !== undefined) return url.replace('localhost', '127.0.0.1');
  }
  return undefined;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function answers(url: string): Promise<void> {
  for (let tries = 0; tries < 50; tries++) {
    const isThere = await fetch(url).then(
      () => true,
      () => false,
    );
    if (isThere) return;
    await sleep(100);
  }
  throw new Error(`${url} does not answer`);
}
