import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { fail, problem } from '../../model/error.js';
import { type FileText, readText } from '../../util/read-file.js';
import { reasonOf } from '../../util/reason-of.js';
import type { Report } from '../../yaml/problem-list.js';
import type { YamlNode } from '../../yaml/yaml-node.js';
import { parseYaml } from '../../yaml/yaml-parse.js';

/** The largest file with tests. */
const maxFile = 10_000_000;

/** A YAML file below the folder that is imported, or that one itself. */
export interface TestSource {
  readonly path: string;
  /** Relative to the folder that is imported, with slashes. */
  readonly name: string;
}

/**
 * All .yaml and .yml files of a folder in the order of their names, or the one file that is meant.
 * @throws WafproofError `IMPORT_UNREADABLE`
 */
export async function findTests(path: string, cwd: string): Promise<readonly TestSource[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [{ path, name: basename(path) }];
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => !entry.isDirectory() && /\.ya?ml$/.test(entry.name));
    const names = files.map((entry) => relative(path, join(entry.parentPath, entry.name))).sort();
    return names.map((name) => ({ path: join(path, name), name: name.split(sep).join('/') }));
  } catch (error) {
    throw fail('IMPORT_UNREADABLE', { reason: reasonOf(error) }, { place: { file: shown(path, cwd) } });
  }
}

/** The document of a file; `undefined` where it is empty, or once its problem is reported. */
export async function readYamlFile({ path }: TestSource, cwd: string, report: Report): Promise<YamlNode | undefined> {
  const file = shown(path, cwd);
  const read = await readText(path, maxFile);
  if (read.kind !== 'read') {
    report(problem('IMPORT_UNREADABLE', { reason: unreadable(read) }, { file }));
    return undefined;
  }
  const parsed = parseYaml(read.text, file);
  if (parsed.kind === 'parsed') return parsed.root;
  if (!isEmpty(read.text))
    report(problem('IMPORT_INVALID', { reason: `it is not valid YAML: ${parsed.reason}` }, parsed.at));
  return undefined;
}

/** A file of comments only is a test that is not written yet. */
function isEmpty(text: string): boolean {
  return text.split('\n').every((line) => /^\s*(?:#.*|---\s*)?$/.test(line));
}

function unreadable(read: Exclude<FileText, { readonly kind: 'read' }>): string {
  switch (read.kind) {
    case 'missing':
      return 'it is gone';
    case 'not-text':
      return 'it is not UTF-8 text';
    case 'too-large':
      return `it is ${read.bytes} bytes long, and ${maxFile} are read at most`;
    case 'unreadable':
      return read.reason;
  }
}

/** A path as places show it: relative to the working directory. */
export function shown(path: string, cwd: string): string {
  return (relative(cwd, path) || path).split(sep).join('/');
}
