import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineOptions } from '../../../model/options.js';
import { makeTemporaryFolder } from '../../../util/temporary-folder.js';
import { partOf, type Rendering } from '../exclusion-files/render.js';
import type { ExclusionUnit, Position } from '../exclusion-files/unit.js';
import type { AuditFile } from './read-files.js';

export type RuleFiles = Pick<EngineOptions, 'rulesBefore' | 'rulesAfter'>;

/** Copies of the user's files in a folder for temporary files. */
export interface TrialFiles {
  /** Such copies without some of the exclusions, between the engine's own rules and the Core Rule Set. */
  without(left: ReadonlySet<ExclusionUnit>): Promise<RuleFiles>;
  /** The folder that holds the copies of a file. */
  folderOf(file: AuditFile): string;
  close(): Promise<void>;
}

/**
 * @param own rules beside the files, which stay as they are
 * @param isFor2 whether the files are for ModSecurity 2
 */
export async function openTrialFiles(
  files: readonly AuditFile[],
  own: RuleFiles,
  isFor2: boolean,
): Promise<TrialFiles> {
  const root = await makeTemporaryFolder('audit');
  const folders = new Map(files.map((file, index) => [file, join(root, `${index}`)]));
  const close = () => rm(root, { recursive: true, force: true });
  try {
    for (const [file, folder] of folders) await prepare(file, folder);
  } catch (error) {
    await close();
    throw error;
  }
  let copies = 0;
  return {
    async without(left) {
      copies += 1;
      const name = `wafproof-${copies}`;
      const write = (position: Position) => writeParts(folders, { position, left, isFor2, name });
      const [before, after] = [await write('before'), await write('after')];
      return { rulesBefore: [...own.rulesBefore, ...before], rulesAfter: [...after, ...own.rulesAfter] };
    },
    folderOf: (file) => folders.get(file) ?? root,
    close,
  };
}

/** Rules may name files beside their own, so links to those are beside the copies. */
async function prepare({ text, folder }: AuditFile, copy: string): Promise<void> {
  await mkdir(copy);
  if (!/@\w*(?:FromFile|pmF|ipMatchF|inspectFile)\b|^[ \t]*Include/im.test(text)) return;
  for (const name of await readdir(folder)) await symlink(join(folder, name), join(copy, name));
}

interface Part extends Rendering {
  readonly position: Position;
  readonly name: string;
}

async function writeParts(
  folders: ReadonlyMap<AuditFile, string>,
  { position, name, ...rendering }: Part,
): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const [file, folder] of folders) {
    const text = partOf(file, position, rendering);
    if (text === undefined) continue;
    const path = join(folder, `${name}-${position}.conf`);
    await writeFile(path, text, 'latin1');
    paths.push(path);
  }
  return paths;
}
