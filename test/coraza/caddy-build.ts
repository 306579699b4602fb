import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const sources = fileURLToPath(new URL('caddy', import.meta.url));

/** The first build compiles a thousand packages. */
export const buildTimeoutMs = 25 * 60_000;

/** What `go version` says, asked for where the sources are; nothing without a Go toolchain. */
const goVersion = spawnSync('go', ['version'], { cwd: sources, encoding: 'utf8' }).stdout?.trim() || undefined;

/** Without Go the tests with Coraza are left out, in CI too, and it is said: set-up installs no Go. */
export function leaveOutCoraza(): boolean {
  if (goVersion === undefined) {
    say(
      'WITHOUT GO: the tests with a real Coraza are left out of this run; to have them, put "go" on PATH (https://go.dev)',
    );
  }
  return goVersion === undefined;
}

/** Path of a Caddy with Coraza and the Core Rule Set in it, built where this machine has none of these versions yet. */
export async function buildCaddy(): Promise<string> {
  const folder = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'wafproof');
  const program = join(folder, `caddy-${await versionsHash()}`);
  if (existsSync(program)) return program;
  const unfinished = `${program}.${process.pid}`;
  await mkdir(folder, { recursive: true });
  try {
    await build(unfinished);
    await rename(unfinished, program);
  } finally {
    await rm(unfinished, { force: true });
  }
  return program;
}

async function versionsHash(): Promise<string> {
  const hash = createHash('sha256').update(`${goVersion}\0`);
  for (const name of ['go.mod', 'go.sum', 'main.go']) hash.update(await readFile(join(sources, name)));
  return hash.digest('hex').slice(0, 16);
}

/** `-v` names each package that is compiled, on standard error beside the downloads and all that goes wrong. */
function build(output: string): Promise<void> {
  say('building Caddy with Coraza; the first time this takes some minutes …');
  const args = ['build', '-v', '-mod=readonly', '-buildvcs=false', '-trimpath', '-ldflags=-s -w', '-o', output, '.'];
  const env = { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' };
  const go = spawn('go', args, { cwd: sources, env, stdio: ['ignore', 'ignore', 'pipe'] });
  const said: string[] = [];
  go.stderr.setEncoding('utf8').on('data', (text: string) => said.push(...text.trimEnd().split('\n')));
  const progress = setInterval(() => say(`still building: ${said.length} steps, now ${said.at(-1)}`), 20_000);
  return new Promise<void>((resolve, reject) => {
    go.once('error', reject);
    go.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`go build failed:\n${said.slice(-20).join('\n')}`)),
    );
  }).finally(() => clearInterval(progress));
}

function say(line: string): void {
  process.stderr.write(`coraza: ${line}\n`);
}
