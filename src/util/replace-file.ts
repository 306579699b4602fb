import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises';

/**
 * Writes a file whole or not at all: where the disk is full or the process is killed, the file is as it was. A link stays one.
 * One process at a time writes a file. Fails with the system's error.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const place = await realpath(path).catch(() => path);
  const isOther = await stat(place).then(
    (found) => !found.isFile(),
    () => false,
  );
  // What is no file, such as /dev/stdout, cannot be replaced.
  if (isOther) return writeFile(place, text);
  const draft = `${place}.tmp`;
  try {
    await writeFile(draft, text);
    await rename(draft, place);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw error;
  }
}
