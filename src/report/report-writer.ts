import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RenderedReport, ReportFile } from '../contract/reporter.js';
import { fail } from '../model/error.js';

/**
 * Writes the files of a rendered report into a folder, which is made where it is missing, and returns their paths.
 * Readers see a file either as it was before or whole: each is written beside its place and then renamed.
 */
export async function writeReport(rendered: RenderedReport, outDir: string): Promise<readonly string[]> {
  const drafts = rendered.files.map((file) => draftOf(file, outDir));
  try {
    for (const draft of drafts) await writeDraft(draft);
    for (const draft of drafts) await rename(draft.temporary, draft.path);
  } catch (cause) {
    await Promise.all(drafts.map(({ temporary }) => rm(temporary, { force: true }).catch(() => undefined)));
    throw fail('OUTPUT_UNWRITABLE', { reason: reasonOf(cause) }, { place: { file: outDir }, cause });
  }
  return drafts.map(({ path }) => path);
}

interface Draft {
  readonly path: string;
  readonly temporary: string;
  readonly content: string;
}

function draftOf({ name, content }: ReportFile, outDir: string): Draft {
  const path = join(outDir, name);
  return { path, temporary: `${path}.${randomUUID()}.tmp`, content };
}

async function writeDraft({ path, temporary, content }: Draft): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(temporary, content);
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left on the device',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'a file has this name',
  EISDIR: 'a folder has the name of a file',
};

function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? `${cause.code}` : '';
  return reasons[code] ?? (cause instanceof Error ? cause.message : `${cause}`);
}
