import { realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { readBytes } from '../util/read-file.js';

/** What a source names by a path, or why it is not here; the reason is the part of a sentence. */
export type LocalFile =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'missing'; readonly reason: string };

/** Reads files that a source names. */
export type ReadLocal = (path: string) => Promise<LocalFile>;

/** The largest file that a request may carry. */
const maxFile = 64 * 1024 * 1024;

/**
 * Reads files below a folder: a source that somebody else wrote must not bring in what else there is on this machine.
 * @param allowsOutside files elsewhere are read as well
 */
export function localFiles(folder: string, allowsOutside = false): ReadLocal {
  return async (path) => {
    const whole = resolve(folder, path.replace(/^file:\/\/(?=\/)/, ''));
    if (!allowsOutside && !isBelow(folder, whole))
      return { kind: 'missing', reason: `${path} is not in the folder of the source (--allow-outside reads it)` };
    const file = await readBytes(whole, maxFile);
    if (file.kind === 'read') return { kind: 'bytes', bytes: file.bytes };
    if (file.kind === 'missing') return { kind: 'missing', reason: `the file ${path} is not here` };
    return { kind: 'missing', reason: `the file ${path} cannot be read` };
  };
}

/** Links are followed before the two are compared. */
function isBelow(folder: string, path: string): boolean {
  const way = relative(real(folder), real(path));
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
