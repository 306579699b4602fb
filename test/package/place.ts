import { spawn } from 'node:child_process';
import { chown, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import type { Ended } from '../e2e/command.js';
import { remove, sharedFolder } from './fresh-tree.js';
import { self, type User } from './users.js';

/** What else a program may need of the environment to find the engine, and npm to reach its registry. */
const handedOn = [
  'TMPDIR',
  'LD_LIBRARY_PATH',
  'WAFPROOF_LIBMODSECURITY',
  'WAFPROOF_CRS',
  'npm_config_registry',
  'NODE_EXTRA_CA_CERTS',
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'].flatMap((name) => [name, name.toLowerCase()]),
];

/** An empty folder of a user's own, with an empty home beside it. */
export interface Place {
  readonly user: User;
  readonly folder: string;
  readonly home: string;
}

/** It is gone when the test ends: what root wrote there, only root can remove. */
export async function placeOf(user: User): Promise<Place> {
  const parent = await sharedFolder();
  const place = { user, folder: join(parent, 'project'), home: join(parent, 'home') };
  onTestFinished(async () => {
    await runIn(place, ['rm', '-rf', place.folder, place.home]);
    await remove(parent);
  });
  for (const folder of [place.folder, place.home]) {
    await mkdir(folder);
    if (user.id !== undefined) await chown(folder, user.id, user.id);
  }
  return place;
}

/** Runs a program there as its user, with no variable in its environment but those it needs. */
export async function runIn({ user, folder, home }: Place, command: readonly string[]): Promise<Ended> {
  const variables = Object.entries(environment(user, home)).map(([name, value]) => `${name}=${value}`);
  const [program = '', ...args] = [...user.prefix, 'env', '-i', ...variables, ...command];
  const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const code = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  const [ended, stdout, stderr] = await Promise.all([code, text(child.stdout), text(child.stderr)]);
  return { code: ended, stdout, stderr };
}

/** Who runs the tests has a cache of npm's that saves downloads. */
function environment(user: User, home: string): Readonly<Record<string, string>> {
  const handed = handedOn.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return {
    ...Object.fromEntries(handed),
    PATH: searchPath(),
    HOME: home,
    ...(user === self && { npm_config_cache: process.env['npm_config_cache'] ?? join(homedir(), '.npm') }),
    npm_config_prefer_offline: 'true',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
  };
}

/** Without this tree's own programs: who installs the package does not have them. */
function searchPath(): string {
  const folders = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => !folder.endsWith('node_modules/.bin'));
  return [dirname(process.execPath), ...folders].join(delimiter);
}
