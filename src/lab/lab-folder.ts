import { chmod, chown, mkdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { makeTemporaryFolder } from '../util/temporary-folder.js';
import type { WorkerUser } from './worker-user.js';

/** The part of a lab's folder that belongs to the user of the worker processes. */
export const scratchFolder = 'tmp';

/** The temporary folder of one server, and the only place where it writes, but for the log that the user asked for. */
export interface LabFolder {
  readonly path: string;
  write(name: string, text: string): Promise<void>;
  /** A spelling of a path that a configuration can hold: engines take no blanks and quotes in file names. */
  spell(path: string): Promise<string>;
  /** The path that a spelling stands for. */
  meant(spelling: string): string;
  remove(): Promise<void>;
}

/** Makes the folder, with a part in it that the worker processes may write to. */
export async function makeLabFolder(user: WorkerUser | undefined): Promise<LabFolder> {
  const path = await realpath(await makeTemporaryFolder('lab'));
  await chmod(path, 0o711);
  await mkdir(join(path, scratchFolder), 0o700);
  if (user !== undefined) await chown(join(path, scratchFolder), user.uid, user.gid);
  const links: Links = new Map();
  return {
    path,
    write: (name, text) => writeFile(join(path, name), text),
    spell: (given) => spell(path, links, given),
    meant: (spelling) => meant(path, links, spelling),
    remove: () => rm(path, { recursive: true, force: true }),
  };
}

/** Names in the folder, and the files or folders elsewhere that they lead to. */
type Links = Map<string, string>;

/** A link to the folder of a file where that will do: rules may name data files that lie beside them. */
async function spell(folder: string, links: Links, path: string): Promise<string> {
  if (isPlain(path)) return path;
  const [target, rest] = isPlain(basename(path)) ? [dirname(path), `/${basename(path)}`] : [path, ''];
  const name = `link-${links.size}`;
  links.set(name, target);
  await symlink(target, join(folder, name));
  return `${name}${rest}`;
}

function meant(folder: string, links: Links, spelling: string): string {
  const path = spelling.startsWith(`${folder}/`) ? spelling.slice(folder.length + 1) : spelling;
  const [name = '', ...rest] = path.split('/');
  const target = links.get(name);
  return target === undefined ? path : [target, ...rest].join('/');
}

function isPlain(path: string): boolean {
  return /^[\w./:-]+$/.test(path);
}
