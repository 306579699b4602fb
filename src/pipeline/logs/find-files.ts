import { stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { filesIn } from '../../evidence/log-files.js';
import { fail } from '../../model/error.js';
import { reasonOf } from '../../util/reason-of.js';

/** A file to read. */
export interface FileToRead {
  /** As it is shown: as it was named, or below the folder that was. */
  readonly name: string;
  /** Where it is, or `-` for standard input. */
  readonly path: string;
  readonly bytes: number;
}

/**
 * The files that places stand for: themselves, or all that are in a folder.
 * @throws WafproofError `LOG_UNREADABLE` for a place that is not there
 */
export async function findLogFiles(places: readonly string[], cwd: string): Promise<readonly FileToRead[]> {
  const found: FileToRead[] = [];
  for (const place of places) found.push(...(await filesAt(place, cwd)));
  return found;
}

async function filesAt(place: string, cwd: string): Promise<readonly FileToRead[]> {
  if (place === '-') return [{ name: '-', path: '-', bytes: 0 }];
  const path = resolve(cwd, place);
  try {
    const info = await stat(path);
    if (!info.isDirectory()) return [{ name: place, path, bytes: info.size }];
    const files = await filesIn(path);
    return files.map((file) => ({ name: join(place, relative(path, file.path)), path: file.path, bytes: file.bytes }));
  } catch (cause) {
    throw fail('LOG_UNREADABLE', { reason: reasonOf(cause) }, { place: { file: place }, cause });
  }
}
