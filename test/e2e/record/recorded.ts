import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Files } from '../../suite/suite-folder.js';
import { folderOf } from '../../suite/suite-folder.js';
import { start } from '../command.js';

interface Listed {
  readonly id: string;
  readonly title?: string;
  readonly from?: { readonly page: string };
  readonly wire: {
    readonly method: string;
    readonly path: string;
    readonly headers: readonly (readonly [string, string])[];
    readonly bodyBase64: string;
  };
}

/** The cases of suites as they would be sent. */
export async function listed(
  cwd: string,
  env: NodeJS.ProcessEnv = process.env,
  folder = 'suites',
): Promise<readonly Listed[]> {
  const { stdout, stderr } = await start(['list', '--json', folder], { cwd, env }).ended;
  if (stdout === '') throw new Error(stderr);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Listed);
}

/** Records what a script clicks, in a folder of its own. */
export async function recordClicks(words: readonly string[], files: Files, env: NodeJS.ProcessEnv = {}) {
  const cwd = await folderOf(files);
  const ended = await start(['record', ...words], { cwd, env: { ...process.env, ...env } }).ended;
  return { cwd, ...ended };
}

/** All that stands in files below a folder, whatever they are. */
export async function allWritten(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return (await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'latin1')))).join(
    '\n',
  );
}
