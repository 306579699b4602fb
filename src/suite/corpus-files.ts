import { resolve, sep } from 'node:path';
import { isDynamicPattern } from 'tinyglobby';
import { type Problem, problem } from '../model/error.js';
import { closest } from '../util/closest.js';
import { packageRoot } from '../util/package-root.js';
import { type NamedFile, nameFile, pathKind, sortedGlob } from './find-suites.js';
import type { EachSource } from './request-plan.js';
import { shipped } from './shipped-suites.js';

const shippedFolder = resolve(packageRoot, 'corpora');
const extensions = ['.txt', '.yaml', '.yml', '.jsonl'];
const corpusName = /\.(txt|ya?ml|jsonl)$/;

/** The files of a corpus, or why there are none. */
export type CorpusFiles =
  | { readonly kind: 'found'; readonly files: readonly NamedFile[] }
  | { readonly kind: 'missing'; readonly problem: Problem };

/** Finds the corpus that `!each` names: one that ships, or a file, folder or glob beside the suite. */
export async function findCorpus(
  { corpus, folder, at }: Pick<EachSource, 'corpus' | 'folder' | 'at'>,
  cwd: string,
): Promise<CorpusFiles> {
  const base = corpus.startsWith(shipped) ? shippedFolder : folder;
  const name = corpus.startsWith(shipped) ? corpus.slice(shipped.length) : corpus;
  const paths = isInside(name, base) ? await corpusPaths(name, base) : [];
  if (paths.length > 0) return { kind: 'found', files: paths.map((path) => nameFile(path, cwd)) };
  const suggestion = await similar(corpus, name, base);
  const data = { name: corpus, ...(suggestion !== undefined && { suggestion }) };
  return { kind: 'missing', problem: problem('CORPUS_MISSING', data, at) };
}

/** The name of a shipped corpus must not lead out of the package. */
function isInside(name: string, base: string): boolean {
  return base !== shippedFolder || `${resolve(base, name)}${sep}`.startsWith(`${shippedFolder}${sep}`);
}

async function corpusPaths(name: string, base: string): Promise<readonly string[]> {
  const path = resolve(base, name);
  const kind = await pathKind(path);
  if (kind === 'folder') return sortedGlob('**/*', path, corpusName);
  if (kind === 'file') return [path];
  for (const extension of extensions) {
    if ((await pathKind(path + extension)) === 'file') return [path + extension];
  }
  return isDynamicPattern(name) ? sortedGlob(name, base, corpusName) : [];
}

async function similar(corpus: string, name: string, base: string): Promise<string | undefined> {
  const folder = resolve(base, name, '..');
  const prefix = corpus.slice(0, corpus.length - name.length) + name.slice(0, name.lastIndexOf('/') + 1);
  if (!isInside(name, base) || (await pathKind(folder)) !== 'folder') return undefined;
  const paths = await sortedGlob('*', folder, corpusName);
  const [wanted, there] = [stem(name), paths.map(stem)];
  const near = there.includes(wanted) && !name.endsWith(wanted) ? wanted : closest(wanted, there);
  return near === undefined ? undefined : `${prefix}${near}`;
}

function stem(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(corpusName, '');
}
