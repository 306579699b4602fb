import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Case } from '../../src/model/case.js';
import { type Problem, WafproofError } from '../../src/model/error.js';
import { formatPlace } from '../../src/model/place.js';
import type { RequestSpec } from '../../src/model/request.js';
import { type LoadedSuites, loadSuites, type SuiteRequest } from '../../src/suite/load-suites.js';

/** Files by their paths. */
export type Files = Readonly<Record<string, string | Uint8Array>>;
type Options = Partial<Omit<SuiteRequest, 'cwd'>>;

/** Writes files into a folder that is gone after the test. */
export async function folderOf(files: Files): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'wafproof-suite-')));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

/** Loads `s.yaml`, or what `options` say, of a folder with these files. */
export async function load(files: Files, options: Options = {}): Promise<LoadedSuites> {
  return loadSuites({ patterns: ['s.yaml'], env: {}, ...options, cwd: await folderOf(files) });
}

/** The cases that these files stand for. */
export async function casesOf(files: Files, options: Options = {}): Promise<readonly Case[]> {
  return collect(await load(files, options));
}

/** All cases of loaded suites. */
export async function collect(suites: LoadedSuites): Promise<readonly Case[]> {
  const cases: Case[] = [];
  for await (const one of suites.cases()) cases.push(one);
  return cases;
}

/** The request of a suite's only case, written as YAML: `form: { a: 1 }`. */
export async function requestOf(request: string, files: Files = {}, options: Options = {}): Promise<RequestSpec> {
  const [only] = await casesOf({ 's.yaml': suiteOf(request), ...files }, options);
  if (only === undefined) throw new Error('no case');
  return only.request;
}

/** A suite with one case, whose request begins at line 4. */
export function suiteOf(request: string): string {
  return `suite: S\ncases:\n  - id: one\n    ${request.replaceAll('\n', '\n    ')}\n`;
}

/** What is wrong with these files, as `CODE place`. */
export async function problemsOf(files: Files, options: Options = {}): Promise<readonly string[]> {
  return (await problemListOf(files, options)).map(
    ({ code, place }) => `${code}${place === undefined ? '' : ` ${formatPlace(place)}`}`,
  );
}

/** What is wrong with these files. */
export async function problemListOf(files: Files, options: Options = {}): Promise<readonly Problem[]> {
  const error: unknown = await load(files, options).then(
    () => undefined,
    (thrown) => thrown,
  );
  if (error === undefined) return [];
  if (error instanceof WafproofError) return error.problems;
  throw error;
}
