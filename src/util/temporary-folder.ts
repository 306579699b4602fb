import { lstat, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { livenessOf, ownIdentity, type ProcessIdentity } from './process-identity.js';

const prefix = 'wafproof-';
/** Says which process a folder is of. */
const ownerFile = '.owner';
const longestOwner = 4096;

let sweeping: Promise<void> | undefined;

/**
 * Makes a folder for temporary files that no other user may enter. Whoever makes it removes it; what a process has left that
 * was killed is removed by the next one that makes a folder.
 * @param purpose a word of its name, for people
 */
export async function makeTemporaryFolder(purpose: string): Promise<string> {
  sweeping ??= sweepLeftovers(tmpdir());
  await sweeping;
  const folder = await mkdtemp(join(tmpdir(), `${prefix}${purpose}-`));
  await writeFile(join(folder, ownerFile), JSON.stringify(ownIdentity()), { mode: 0o600 });
  return folder;
}

/** Removes the folders of dead processes of this user. Links are neither followed nor touched. */
export async function sweepLeftovers(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  const folders = names.filter((name) => name.startsWith(prefix)).map((name) => join(parent, name));
  await Promise.all(folders.map((folder) => sweep(folder).catch(() => undefined)));
}

async function sweep(folder: string): Promise<void> {
  const found = await lstat(folder);
  if (!found.isDirectory() || found.uid !== userInfo().uid) return;
  const owner = await ownerOf(folder);
  if (owner !== undefined && livenessOf(owner) === 'dead') await rm(folder, { recursive: true, force: true });
}

async function ownerOf(folder: string): Promise<ProcessIdentity | undefined> {
  const path = join(folder, ownerFile);
  const found = await lstat(path);
  if (!found.isFile() || found.size > longestOwner) return undefined;
  const value: unknown = JSON.parse(await readFile(path, 'utf8'));
  return isIdentity(value) ? value : undefined;
}

function isIdentity(value: unknown): value is ProcessIdentity {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Readonly<Record<string, unknown>>;
  return (
    typeof fields['pid'] === 'number' &&
    ['host', 'boot', 'space', 'began'].every((name) => typeof fields[name] === 'string')
  );
}
