import { access } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import type { Intent } from '../model/case.js';
import { fail } from '../model/error.js';
import { importFormats } from '../record/formats.js';
import type {
  Imported,
  ImportFormat,
  ImportSettings,
  ImportSource,
  LeftOut,
  NeededValue,
} from '../record/import-format.js';
import type { SuiteDraft } from '../record/suite-draft.js';
import { uniqueNames } from '../record/unique-names.js';
import { auditLogFormat } from './import-audit-log.js';
import type { World } from './world.js';
import { writeSuiteFile } from './write-suite-file.js';

export type { LeftOut, NeededValue };

/** What is to be turned into suites. */
export interface ImportOptions {
  /** `ftw`: regression tests of the Core Rule Set; `curl`: commands; and so on. */
  readonly format: string;
  /** Files or folders, relative to the world's `cwd`; `-`: standard input. */
  readonly path: string | readonly string[];
  /** The folder that the suites are written into, relative to the world's `cwd`; absent: nothing is written, and secrets stay. */
  readonly out?: string;
  /** Files that are there are overwritten; default: nothing is. */
  readonly force?: boolean;
  /** Applications that are wanted, such as `https://shop.test`; default: of traffic the one that it begins with, else all. */
  readonly origins?: readonly string[];
  /** Methods that are wanted; default: of traffic those that carry something, else all. */
  readonly methods?: readonly string[];
  /** GET and HEAD of traffic are wanted as well. */
  readonly keepGet?: boolean;
  /** Passwords, keys, tokens and cookies are written as they are; default: only where nothing is written to a file. */
  readonly keepSecrets?: boolean;
  /** Files outside of the source's folder and documents of other hosts are read where the source names them. */
  readonly allowOutside?: boolean;
  /** A file with values for the source's variables, relative to the world's `cwd`. */
  readonly environment?: string;
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
  /** The text of each suite in the place of a file, where no folder was named. */
  readonly texts: readonly string[];
  readonly leftOut: readonly LeftOut[];
  /** What is sent in another way than its source says, a sentence each. */
  readonly notes: readonly string[];
  /** Values to be set before the cases can be sent. */
  readonly needed: readonly NeededValue[];
}

const formats: ReadonlyMap<string, ImportFormat> = new Map([...importFormats, ['audit-log', auditLogFormat]]);

/** The names of all formats and what they are. */
export function formatTable(): readonly { readonly name: string; readonly summary: string }[] {
  return [...formats].map(([name, { summary }]) => ({ name, summary }));
}

/**
 * Turns traffic or tests of another tool into suites. Nothing is written where a file of the same name is in the way.
 * @throws WafproofError `USAGE`, `OUTPUT_EXISTS`, `OUTPUT_UNWRITABLE`, and those of the format
 */
export async function importSuites(options: ImportOptions, { cwd }: Pick<World, 'cwd'>): Promise<ImportResult> {
  const { format, path, out, force = false } = options;
  const reader = formats.get(format);
  if (reader === undefined) throw unknownFormat(format);
  const { suites, ...rest } = await readAll(
    reader,
    typeof path === 'string' ? [path] : path,
    settingsOf(options, cwd),
    cwd,
  );
  const counts = suites.map(({ file, intent, cases }) => ({ file, intent, cases: cases.length }));
  if (out === undefined) return { ...rest, written: [], texts: await textsOf(suites) };
  const folder = resolve(cwd, out);
  if (!force) await assertFree(suites, folder, out);
  for (const suite of suites) await writeSuiteFile(suite, folder, force);
  return { ...rest, written: counts, texts: [] };
}

function settingsOf({ out, environment, ...options }: ImportOptions, cwd: string): ImportSettings {
  const { origins, methods, keepGet, allowOutside, keepSecrets = out === undefined } = options;
  return {
    cwd,
    keepSecrets,
    ...(origins !== undefined && { origins }),
    ...(methods !== undefined && { methods }),
    ...(keepGet !== undefined && { keepGet }),
    ...(allowOutside !== undefined && { allowOutside }),
    ...(environment !== undefined && { environment: resolve(cwd, environment) }),
  };
}

async function readAll(
  reader: ImportFormat,
  paths: readonly string[],
  settings: ImportSettings,
  cwd: string,
): Promise<Imported & { readonly needed: readonly NeededValue[] }> {
  const takeStem = uniqueNames();
  const all: Imported[] = [];
  for (const path of paths) all.push(await reader.read(sourceOf(path, cwd, takeStem), settings));
  return {
    suites: all.flatMap(({ suites }) => suites),
    found: all.reduce((sum, { found }) => sum + found, 0),
    leftOut: all.flatMap(({ leftOut }) => leftOut),
    notes: [...new Set(all.flatMap(({ notes }) => notes))],
    needed: all.flatMap(({ needed = [] }) => needed),
  };
}

function sourceOf(path: string, cwd: string, takeStem: (wanted: string) => string): ImportSource {
  if (path === '-') return { shown: 'standard input', stem: takeStem('standard-input'), folder: cwd };
  const whole = resolve(cwd, path);
  const stem = takeStem(basename(whole, extname(whole)).replace(/[^\w.-]+/g, '-') || 'imported');
  return { path: whole, shown: (relative(cwd, whole) || path).split(sep).join('/'), stem, folder: dirname(whole) };
}

function unknownFormat(format: string) {
  const known = [...formats.keys()].join(', ');
  return fail('USAGE', { message: `there is no format "${format}" to import; there is: ${known}`, command: 'import' });
}

async function textsOf(suites: readonly SuiteDraft[]): Promise<readonly string[]> {
  const { writeSuite } = await import('../record/write-suite.js');
  return suites.map(writeSuite);
}

async function assertFree(suites: readonly SuiteDraft[], folder: string, out: string): Promise<void> {
  const taken: string[] = [];
  for (const { file } of suites) if (await exists(join(folder, file))) taken.push(join(out, file));
  const [first, ...others] = taken;
  if (first !== undefined) throw fail('OUTPUT_EXISTS', { others: others.length }, { place: { file: first } });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
