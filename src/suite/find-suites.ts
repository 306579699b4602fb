import { realpath, stat } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { glob } from 'tinyglobby';
import { fail, problem } from '../model/error.js';
import type { Report } from '../yaml/problem-list.js';
import { isShipped, shippedSuites, similarTo } from './shipped-suites.js';

/** A file by its path, and by the name that places and messages show: relative to the working directory. */
export interface NamedFile {
  readonly path: string;
  readonly file: string;
}

/** What stands for standard input among patterns, as with other programs. */
export const standardInput = '-';

/** Neither suites nor meant to be searched for them. */
const ignored = ['**/node_modules/**', '**/wafproof.config.{yaml,yml}'];

/**
 * The suite files that patterns name, each once: a file, a folder (all .yaml and .yml files below it, sorted), a glob, or suites
 * that ship (`wafproof:webhooks`, `wafproof:applications/django`).
 * @throws WafproofError when there are no patterns
 */
export async function findSuites(
  patterns: readonly string[],
  cwd: string,
  report: Report,
): Promise<readonly NamedFile[]> {
  if (patterns.length === 0) throw fail('SUITE_NONE', {});
  const found = new Map<string, NamedFile>();
  for (const pattern of patterns) {
    if (pattern === standardInput) {
      found.set(pattern, { path: resolve(cwd, 'standard-input.yaml'), file: standardInput });
      continue;
    }
    const paths = await matches(pattern, cwd);
    if (paths.length === 0) report(problem('SUITE_NOT_FOUND', { pattern, ...(await similarTo(pattern)) }));
    for (const path of paths) {
      const real = await realpath(path).catch(() => path);
      if (!found.has(real)) found.set(real, nameFile(path, cwd));
    }
  }
  return [...found.values()];
}

/** Names a file relative to the working directory, with slashes. */
export function nameFile(path: string, cwd: string): NamedFile {
  return { path, file: (relative(cwd, path) || path).split(sep).join('/') };
}

/** Whether a path is a folder, anything else that is there, or nothing. */
export async function pathKind(path: string): Promise<'folder' | 'file' | 'nothing'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch {
    return 'nothing';
  }
}

async function matches(pattern: string, cwd: string): Promise<readonly string[]> {
  if (isShipped(pattern)) return shippedSuites(pattern);
  const path = resolve(cwd, pattern);
  const kind = await pathKind(path);
  if (kind === 'file') return [path];
  if (kind === 'folder') return sortedGlob('**/*', path, /\.ya?ml$/);
  return sortedGlob(pattern, cwd, /\.ya?ml$/);
}

/** The files that match a glob, sorted the same way on every machine. */
export async function sortedGlob(pattern: string, cwd: string, name: RegExp): Promise<readonly string[]> {
  const paths = await glob(pattern, { cwd, absolute: true, expandDirectories: false, ignore: ignored });
  return paths.filter((path) => name.test(path)).sort();
}
