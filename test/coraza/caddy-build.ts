import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const sources = fileURLToPath(new URL('caddy', import.meta.url));

/** The first build compiles nearly a thousand packages. */
export const buildTimeoutMs = 25 * 60_000;

/**
 * What no test uses is not compiled: databases of Caddy's certificate authority, and an operator of Coraza that the Core Rule
 * Set does without. Code that is not optimised is compiled in two thirds of the time, and fast enough for tests.
 */
const options = [
  '-tags=nobadger,nomysql,nopgx,coraza.disabled_operators.validateSchema',
  '-gcflags=all=-N -l -dwarf=false',
  '-ldflags=-s -w',
  '-trimpath',
  '-mod=readonly',
  '-buildvcs=false',
];

/** Without Go the tests with Coraza are left out, in CI too, and it is said: set-up installs no Go. */
export function leaveOutCoraza(): boolean {
  const isMissing = goVersion() === undefined;
  if (isMissing) {
    say(
      'WITHOUT GO: the tests with a real Coraza are left out of this run; to have them, put "go" on PATH (https://go.dev)',
    );
  }
  return isMissing;
}

/** What `go version` says, asked for where the sources are; nothing without a Go toolchain. */
function goVersion(): string | undefined {
  return spawnSync('go', ['version'], { cwd: sources, encoding: 'utf8' }).stdout?.trim() || undefined;
}

/**
 * Path of a Caddy with Coraza and the Core Rule Set in it, as soon as it is there. It is built beside the tests that need
 * none, by the process that runs all of them.
 */
export async function builtCaddy(): Promise<string> {
  const program = await programPath();
  while (!existsSync(program)) {
    if (existsSync(failure())) throw new Error(await readFile(failure(), 'utf8'));
    await delay(100);
  }
  return program;
}

let isUnderWay = false;

/** Begins to build it where this machine has none of these versions yet. What goes wrong is told to those who wait. */
export function beginCaddyBuild(): void {
  if (isUnderWay || goVersion() === undefined) return;
  isUnderWay = true;
  build()
    .catch((error: Error) => writeFile(failure(), error.message))
    .finally(() => {
      isUnderWay = false;
    });
}

/** In the folder of this run. */
function failure(): string {
  return join(tmpdir(), 'caddy-build-failed.txt');
}

async function programPath(): Promise<string> {
  const hash = createHash('sha256').update(`${goVersion()}\0${options.join('\0')}\0`);
  for (const name of ['go.mod', 'go.sum', 'main.go']) hash.update(await readFile(join(sources, name)));
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return join(cache, 'wafproof', `caddy-${hash.digest('hex').slice(0, 16)}`);
}

async function build(): Promise<void> {
  await rm(failure(), { force: true });
  const program = await programPath();
  if (existsSync(program)) return;
  const unfinished = `${program}.${process.pid}`;
  await mkdir(dirname(program), { recursive: true });
  try {
    await compile(unfinished);
    await rename(unfinished, program);
  } finally {
    await rm(unfinished, { force: true });
  }
}

/**
 * `-v` names each package that is compiled, on standard error beside the downloads and all that goes wrong. No step takes more
 * than half a gigabyte of memory, so the compiler need not collect its garbage.
 */
function compile(output: string): Promise<void> {
  say('building Caddy with Coraza; the first time this takes some minutes …');
  const env = { ...process.env, CGO_ENABLED: '0', GOWORK: 'off', GOGC: 'off' };
  const args = ['build', '-v', ...options, '-o', output, '.'];
  const go = spawn('go', args, { cwd: sources, env, stdio: ['ignore', 'ignore', 'pipe'] });
  const end = () => void go.kill();
  process.once('exit', end);
  const said: string[] = [];
  go.stderr.setEncoding('utf8').on('data', (text: string) => said.push(...text.trimEnd().split('\n')));
  const progress = setInterval(() => say(`still building: ${said.length} steps, now ${said.at(-1)}`), 20_000);
  return new Promise<void>((resolve, reject) => {
    go.once('error', reject);
    go.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`go build failed:\n${said.slice(-20).join('\n')}`)),
    );
  }).finally(() => {
    clearInterval(progress);
    process.off('exit', end);
  });
}

function say(line: string): void {
  process.stderr.write(`coraza: ${line}\n`);
}
