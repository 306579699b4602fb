import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { RenderedFile, RenderedReport } from '../contract/reporter.js';
import { fail } from '../model/error.js';
import { reasonOf } from '../util/reason-of.js';

/**
 * Writes the files of a rendered report into a folder, which is made where it is missing, and returns their paths.
 * Readers see a file either as it was before or whole: each is written beside its place, chunk after chunk, and all are then
 * renamed. What a killed process has left of such files is removed.
 * @throws WafproofError `OUTPUT_UNWRITABLE`, and what the rendering throws
 */
export async function writeReport(
  { files }: Pick<RenderedReport, 'files'>,
  outDir: string,
): Promise<readonly string[]> {
  const drafts = files.map((file) => draftOf(file, outDir));
  try {
    for (const draft of drafts) await writeDraft(draft);
    for (const { temporary, path } of drafts) await rename(temporary, path);
  } catch (cause) {
    await Promise.all(drafts.map(({ temporary }) => rm(temporary, { force: true }).catch(() => undefined)));
    if (!isOfSystem(cause)) throw cause;
    throw fail('OUTPUT_UNWRITABLE', { reason: reasonOf(cause) }, { place: { file: outDir }, cause });
  }
  return drafts.map(({ path }) => path);
}

interface Draft {
  readonly path: string;
  readonly temporary: string;
  readonly content: RenderedFile['content'];
}

function draftOf({ name, content }: RenderedFile, outDir: string): Draft {
  const path = join(outDir, name);
  return { path, temporary: `${path}.${randomUUID()}.tmp`, content };
}

async function writeDraft({ path, temporary, content }: Draft): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await removeLeftovers(path);
  const file = await open(temporary, 'wx');
  try {
    for await (const chunk of typeof content === 'string' ? [content] : content) await file.appendFile(chunk);
  } finally {
    await file.close();
  }
}

/** Of the same file: one process at a time writes into a folder. */
async function removeLeftovers(path: string): Promise<void> {
  const isLeft = (name: string) =>
    name.startsWith(`${basename(path)}.`) && /\.[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\.tmp$/.test(name);
  const names = (await readdir(dirname(path))).filter(isLeft);
  await Promise.all(names.map((name) => rm(join(dirname(path), name), { force: true })));
}

/** What the operating system refuses is told in words; all else is somebody else's error. */
function isOfSystem(cause: unknown): boolean {
  return cause instanceof Error && 'syscall' in cause;
}
