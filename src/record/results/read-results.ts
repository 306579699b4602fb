import { stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { glob } from 'tinyglobby';
import { readBytes } from '../../util/read-file.js';
import { reasonOf } from '../../util/reason-of.js';
import { readJest } from './read-jest.js';
import { readJunit } from './read-junit.js';
import { readNewman } from './read-newman.js';
import { readPlaywright } from './read-playwright.js';
import type { RecordedSpan, RunnerResult } from './runner-result.js';

/** What was read of results, and what could not be. */
export interface ReadResults {
  readonly results: readonly RunnerResult[];
  /** A sentence part each. */
  readonly notes: readonly string[];
}

interface ResultFile {
  readonly path: string;
  readonly shown: string;
  /** It was found in a folder, where other things may be too. */
  readonly isOfFolder: boolean;
}

const longestFile = 128 * 1024 * 1024;
const mostFiles = 2000;
/** How much coarser than a clock a file system may be. */
const spareMs = 2000;

/**
 * Reads the results of a runner: JUnit's XML, and the JSON of Playwright, Jest, Vitest and newman, in files, those that a glob means, and folders with
 * all that is below them.
 */
export async function readResults(paths: readonly string[], cwd: string, span: RecordedSpan): Promise<ReadResults> {
  const results: RunnerResult[] = [];
  const notes: string[] = [];
  for (const shown of paths)
    for (const file of await filesIn(shown, cwd)) {
      const read = await readResult(file, span);
      if (typeof read !== 'string') results.push(read);
      notes.push(...lacksOf(read, file).map((lack) => `${file.shown}: ${lack}`));
    }
  const isNone = results.length === 0 && notes.length === 0 && paths.length > 0;
  return {
    results,
    notes: isNone
      ? [
          ...notes,
          `${paths.join(', ')}: no result of a runner of this recording; have the command write one there: JUnit XML, or the JSON of Playwright, newman, Jest or Vitest`,
        ]
      : notes,
  };
}

/** In a folder may be other things too: what is no result there is nothing to tell of. */
function lacksOf(read: RunnerResult | string, { isOfFolder }: ResultFile): readonly string[] {
  if (typeof read === 'string') return isOfFolder ? [] : [read];
  const isEmpty = read.runs.length === 0 && read.sent.size === 0 && read.lacks.length === 0;
  return isEmpty && !isOfFolder ? ['no test is in it'] : read.lacks;
}

/** What a path means: itself, what is in a folder, or what a glob fits. */
async function filesIn(shown: string, cwd: string): Promise<readonly ResultFile[]> {
  const path = resolve(cwd, shown);
  const kind = await stat(path).then(
    (found) => (found.isDirectory() ? 'folder' : 'file'),
    () => 'nothing',
  );
  if (kind === 'file') return [{ path, shown, isOfFolder: false }];
  const found = kind === 'folder' ? await within('**/*', path) : await within(shown, cwd);
  if (found.length === 0 && kind === 'nothing') return [{ path, shown, isOfFolder: false }];
  return found.map((file) => ({
    path: file,
    shown: kind === 'folder' ? join(shown, relative(path, file)) : relative(cwd, file),
    isOfFolder: true,
  }));
}

async function within(pattern: string, cwd: string): Promise<readonly string[]> {
  const found = await glob(pattern, { cwd, absolute: true, expandDirectories: false, ignore: ['**/node_modules/**'] });
  return found
    .filter((path) => /\.(?:xml|json)$/i.test(path))
    .sort()
    .slice(0, mostFiles);
}

/** @returns what is wrong, where it cannot be read */
async function readResult({ path }: ResultFile, span: RecordedSpan): Promise<RunnerResult | string> {
  const written = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => Number.NaN,
  );
  if (written < span.began - spareMs) return 'it is from before the command';
  const read = await readBytes(path, longestFile);
  switch (read.kind) {
    case 'missing':
      return 'it was not there when the command had ended';
    case 'too-large':
      return `it is ${read.bytes} bytes long, and ${longestFile} are read at most`;
    case 'unreadable':
      return read.reason;
    case 'read':
      return readText(textOf(read.bytes), span, written);
  }
}

/** Runners write UTF-8, on some Windows UTF-16. */
function textOf(bytes: Buffer): string {
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(isWide ? 'utf16le' : 'utf8').replace(/^\ufeff/, '');
}

function readText(text: string, span: RecordedSpan, written: number): RunnerResult | string {
  if (/^\s*</.test(text)) return readJunit(text, span, written);
  try {
    const json: unknown = JSON.parse(text);
    return readPlaywright(json) ?? readNewman(json) ?? readJest(json) ?? unknownKind;
  } catch (error) {
    return `it is neither XML nor whole JSON (${reasonOf(error).slice(0, longestReason)})`;
  }
}

const longestReason = 120;
const unknownKind = 'it is none of what Playwright, newman, Jest and Vitest write as JSON';
