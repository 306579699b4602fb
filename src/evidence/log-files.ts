import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A file that may be one of a log. */
export interface LogFilePlace {
  readonly path: string;
  readonly bytes: number;
  readonly changedMs: number;
}

/** Days and minutes of entries are folders, and these are in one of the server's user. */
const deepest = 6;

/** The files of a folder and of those in it, the one that was written last in the end: rotated logs come first. */
export async function filesIn(folder: string): Promise<readonly LogFilePlace[]> {
  const files: LogFilePlace[] = [];
  await collect(folder, 0, files);
  return files.sort((a, b) => a.changedMs - b.changedMs || (a.path < b.path ? -1 : 1));
}

async function collect(folder: string, depth: number, files: LogFilePlace[]): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && depth < deepest) await collect(path, depth + 1, files).catch(() => undefined);
    // What went meanwhile is none of it.
    else if (entry.isFile()) files.push(...(await placeOf(path)));
  }
}

async function placeOf(path: string): Promise<readonly LogFilePlace[]> {
  const found = await stat(path).catch(() => undefined);
  return found === undefined ? [] : [{ path, bytes: found.size, changedMs: found.mtimeMs }];
}
