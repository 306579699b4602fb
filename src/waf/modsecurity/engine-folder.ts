import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { engineFiles } from './base-config.js';
import { unicodeMapFile } from './unicode-map.js';

/**
 * Makes the working folder of an engine process anew. What another process has left there, such as the log of the request
 * that it died of, is gone: it would be read as the next one's.
 */
export async function emptyEngineFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, 0o700).catch(async () => {
    // Whoever tidies temporary files up has taken the folder that it was in.
    await mkdir(dirname(folder), 0o700);
    await mkdir(folder, 0o700);
  });
  await writeFile(join(folder, engineFiles.unicodeMap), unicodeMapFile());
}
