import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fail } from '../../model/error.js';

/**
 * @param files relative to the folder
 * @throws WafproofError `OUTPUT_EXISTS` where one is there
 */
export async function assertFree(files: readonly string[], cwd: string): Promise<void> {
  const taken: string[] = [];
  for (const file of files)
    await access(resolve(cwd, file)).then(
      () => taken.push(file),
      () => undefined,
    );
  const [first, ...others] = taken;
  if (first !== undefined) throw fail('OUTPUT_EXISTS', { others: others.length }, { place: { file: first } });
}
