import { chmod, cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { packageRoot } from '../../src/util/package-root.js';

/** What a clone does not have: it is installed, built or written by runs. */
const notCloned = new Set(['.git', 'node_modules', 'dist', 'dist.next', 'dist.old', 'reports/out']);

/** A new folder, which other users may read. */
export async function sharedFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'wafproof-package-')));
  await chmod(folder, 0o755);
  return folder;
}

/** This tree as it is now, without what a fresh clone would not have. */
export async function freshTree(): Promise<string> {
  const folder = await sharedFolder();
  await cp(packageRoot, folder, {
    recursive: true,
    filter: (source) => !notCloned.has(relative(packageRoot, source)),
  });
  return folder;
}

export async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}
