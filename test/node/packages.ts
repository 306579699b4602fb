import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A folder of the user's cache in whose `node_modules` packages are that are too large to be installed with the product. */
export function nodePackages(wanted: readonly string[]): string {
  const key = createHash('sha256').update(wanted.join('\0')).digest('hex').slice(0, 16);
  const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'wafproof');
  const folder = join(cache, `node-${key}`);
  if (!existsSync(folder)) install(folder, wanted);
  return folder;
}

function install(folder: string, wanted: readonly string[]): void {
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    writeFileSync(join(unfinished, 'package.json'), '{"type":"module","private":true}');
    const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--save-exact', ...wanted];
    const { status, stderr } = spawnSync('npm', args, { cwd: unfinished, encoding: 'utf8' });
    if (status !== 0) throw new Error(`npm failed:\n${stderr}`);
    if (!existsSync(folder)) renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}
