import { access, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Intent } from '../model/case.js';
import { fail } from '../model/error.js';
import { importFormats } from '../record/formats.js';
import type { LeftOut } from '../record/import-format.js';
import type { SuiteDraft } from '../record/suite-draft.js';
import { reasonOf } from '../util/reason-of.js';
import type { World } from './world.js';

export type { LeftOut };

/** What is to be turned into suites. */
export interface ImportOptions {
  /** `ftw`: regression tests of the Core Rule Set. */
  readonly format: string;
  /** A file or a folder, relative to the world's `cwd`. */
  readonly path: string;
  /** The folder that the suites are written into, relative to the world's `cwd`. */
  readonly out: string;
  /** Files that are there are overwritten; default: nothing is. */
  readonly force?: boolean;
}

/** A suite file that was written. */
export interface WrittenSuite {
  /** Below the folder, with slashes. */
  readonly file: string;
  readonly intent: Intent;
  readonly cases: number;
}

/** What was found, what was written, and what was not. */
export interface ImportResult {
  /** Requests, those left out among them. */
  readonly found: number;
  readonly written: readonly WrittenSuite[];
  readonly leftOut: readonly LeftOut[];
  /** What is sent in another way than its source says, a sentence each. */
  readonly notes: readonly string[];
}

/** The names of all formats and what they are. */
export function formatTable(): readonly { readonly name: string; readonly summary: string }[] {
  return [...importFormats].map(([name, { summary }]) => ({ name, summary }));
}

/**
 * Turns traffic or tests of another tool into suites. Nothing is written where a file of the same name is in the way.
 * @throws WafproofError `USAGE`, `OUTPUT_EXISTS`, `OUTPUT_UNWRITABLE`, and those of the format
 */
export async function importSuites(options: ImportOptions, { cwd }: Pick<World, 'cwd'>): Promise<ImportResult> {
  const { format, path, out, force = false } = options;
  const reader = importFormats.get(format);
  if (reader === undefined) throw unknownFormat(format);
  const { suites, ...rest } = await reader.read(resolve(cwd, path), cwd);
  const folder = resolve(cwd, out);
  if (!force) await assertFree(suites, folder, out);
  for (const suite of suites) await write(suite, folder, force);
  const written = suites.map(({ file, intent, cases }) => ({ file, intent, cases: cases.length }));
  return { ...rest, written };
}

function unknownFormat(format: string) {
  const known = [...importFormats.keys()].join(', ');
  return fail('USAGE', { message: `there is no format "${format}" to import; there is: ${known}`, command: 'import' });
}

async function assertFree(suites: readonly SuiteDraft[], folder: string, out: string): Promise<void> {
  const taken: string[] = [];
  for (const { file } of suites) if (await exists(join(folder, file))) taken.push(join(out, file));
  const [first, ...others] = taken;
  if (first !== undefined) throw fail('OUTPUT_EXISTS', { others: others.length }, { place: { file: first } });
}

async function write(suite: SuiteDraft, folder: string, force: boolean): Promise<void> {
  const { writeSuite } = await import('../record/write-suite.js');
  const path = join(folder, suite.file);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, writeSuite(suite), { flag: force ? 'w' : 'wx' });
  } catch (cause) {
    throw fail('OUTPUT_UNWRITABLE', { reason: reasonOf(cause) }, { place: { file: path }, cause });
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
