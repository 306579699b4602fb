import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail } from '../model/error.js';
import type { SuiteDraft } from '../record/suite-draft.js';
import { reasonOf } from '../util/reason-of.js';
import { replaceFile } from '../util/replace-file.js';

/**
 * Writes a suite into a folder.
 * @param force a file that is there is replaced, whole or not at all
 * @throws WafproofError `OUTPUT_UNWRITABLE`
 */
export async function writeSuiteFile(suite: SuiteDraft, folder: string, force: boolean): Promise<void> {
  const { writeSuite } = await import('../record/write-suite.js');
  const path = join(folder, suite.file);
  try {
    await mkdir(dirname(path), { recursive: true });
    const text = writeSuite(suite);
    await (force ? replaceFile(path, text) : writeFile(path, text, { flag: 'wx' }));
  } catch (cause) {
    throw fail('OUTPUT_UNWRITABLE', { reason: reasonOf(cause) }, { place: { file: path }, cause });
  }
}
