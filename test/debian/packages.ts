import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative } from 'node:path';

const inCi = !['', '0', 'false'].includes(process.env['CI'] ?? '');

/** Packages of Debian that tests read as data, what runs them, and what is left out where those are missing. */
export interface DebianPackages {
  readonly names: readonly string[];
  /** Programs that must be on PATH or in `/usr/sbin`; `npm run apps` has set-up install them. */
  readonly programs: readonly string[];
  readonly leftOut: string;
}

/**
 * The folder in the user's cache that the packages are unpacked in, as if it were `/`. They are not installed: no service
 * starts, and it takes no rights. Where something is missing, nothing: it is said what is left out. In CI nothing may be.
 */
export function debianPackages({ names, programs, leftOut }: DebianPackages): string | undefined {
  const missing = [...programs, 'apt-get', 'dpkg'].filter((program) => !isThere(program));
  if (missing.length > 0) return without(`there is no ${missing.join(', no ')}`, leftOut);
  const key = createHash('sha256').update(names.join('\0')).digest('hex').slice(0, 16);
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const folder = join(cache, 'wafproof', `debian-${key}`);
  const problem = existsSync(folder) ? undefined : unpack(folder, names);
  return problem === undefined ? folder : without(problem, leftOut);
}

function isThere(program: string): boolean {
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin'];
  return folders.some((folder) => existsSync(join(folder, program)));
}

/** @returns why they cannot be had */
function unpack(folder: string, names: readonly string[]): string | undefined {
  const unfinished = `${folder}.${process.pid}`;
  const packages = join(unfinished, 'packages');
  mkdirSync(packages, { recursive: true });
  try {
    const problem = download(packages, names);
    if (problem !== undefined) return problem;
    for (const file of readdirSync(packages)) run('dpkg', ['-x', join(packages, file), unfinished], unfinished);
    rmSync(packages, { recursive: true });
    makeLinksRelative(unfinished, unfinished);
    if (!existsSync(folder)) renameSync(unfinished, folder);
    return undefined;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** By the system's package lists, or where they do not do, by ones of its own. */
function download(folder: string, names: readonly string[]): string | undefined {
  if (run('apt-get', ['-q', 'download', ...names], folder).status === 0) return undefined;
  const own = ['State::Lists=lists', 'Cache=cache'].flatMap((one) => {
    const [kind, name] = one.split('=');
    return ['-o', `Dir::${kind}=${join(dirname(folder), name ?? '')}`];
  });
  for (const name of ['lists/partial', 'cache/archives/partial'])
    mkdirSync(join(dirname(folder), name), { recursive: true });
  run('apt-get', ['-q', ...own, 'update'], folder);
  const { status, stderr } = run('apt-get', ['-q', ...own, 'download', ...names], folder);
  for (const name of ['lists', 'cache']) rmSync(join(dirname(folder), name), { recursive: true, force: true });
  return status === 0 ? undefined : `apt-get does not download ${names.join(', ')}: ${stderr.trim()}`;
}

function run(program: string, args: readonly string[], cwd: string) {
  return spawnSync(program, args, { cwd, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' } });
}

/** Links to `/usr/…` mean the file in the folder. */
function makeLinksRelative(folder: string, root: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const found = lstatSync(path);
    if (found.isDirectory()) makeLinksRelative(path, root);
    if (!found.isSymbolicLink() || !readlinkSync(path).startsWith('/')) continue;
    const to = relative(dirname(path), join(root, readlinkSync(path)));
    unlinkSync(path);
    symlinkSync(to, path);
  }
}

function without(problem: string, leftOut: string): undefined {
  const message = `${problem}: ${leftOut.toUpperCase()} ARE LEFT OUT of this run`;
  if (inCi) throw new Error(message);
  process.stderr.write(`${message}\n`);
  return undefined;
}
