import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

const inCi = !['', '0', 'false'].includes(process.env['CI'] ?? '');

/** Packages of Python that tests need, and what is left out where there is no Python. */
export interface PythonPackages {
  /** As pip takes them, with their versions. */
  readonly requirements: readonly string[];
  /** Without what they depend on: they are read as data. */
  readonly asData?: true;
  readonly leftOut: string;
}

/**
 * The folder with the packages, in the user's cache, for `PYTHONPATH`. Without Python, or without its pip, nothing: it is said
 * what is left out. In CI nothing may be left out.
 */
export function pythonPackages({ requirements, asData, leftOut }: PythonPackages): string | undefined {
  const version = run(['-m', 'pip', '--version']);
  if (version.status !== 0) return without(leftOut);
  const key = createHash('sha256').update(`${version.stdout}\0${asData}\0${requirements.join('\0')}`);
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const folder = join(cache, 'wafproof', `python-${key.digest('hex').slice(0, 16)}`);
  if (!existsSync(folder)) install(folder, [...(asData ? ['--no-deps'] : []), ...requirements]);
  return folder;
}

function install(folder: string, wanted: readonly string[]): void {
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(dirname(folder), { recursive: true });
  try {
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', unfinished, ...wanted];
    const { status, stderr } = run(pip);
    if (status !== 0) throw new Error(`pip failed:\n${stderr}`);
    if (!existsSync(folder)) renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function without(leftOut: string): undefined {
  const message = `WITHOUT PYTHON AND PIP: ${leftOut} are left out of this run; to have them, put "python3" with its pip on PATH`;
  if (inCi) throw new Error(message);
  process.stderr.write(`${message}\n`);
  return undefined;
}

function run(args: readonly string[]) {
  return spawnSync('python3', args, { encoding: 'utf8' });
}
