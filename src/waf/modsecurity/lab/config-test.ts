import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LabFolder } from '../../../lab/lab-folder.js';
import { fail, type WafproofError } from '../../../model/error.js';
import { reasonOf } from '../../../util/reason-of.js';
import type { ServerKind } from './server-kind.js';

/** Programs of a server that is installed. */
export interface InstalledServer {
  readonly program: string;
  /** Folder of its modules. */
  readonly modules: string;
}

/** A configuration that is written, and the files of the user's that stand in it. */
export interface Configured {
  readonly folder: LabFolder;
  meant(file: string): string;
}

const testTimeoutMs = 60_000;

/** @throws WafproofError `LAB_MISSING` with the packages that are to be installed */
export function findServer(kind: ServerKind): InstalledServer {
  const program = kind.programs.find((path) => existsSync(path));
  const modules = kind.moduleFolders.find((folder) => existsSync(join(folder, kind.module)));
  const { name, packages } = kind;
  if (program === undefined) throw fail('LAB_MISSING', { what: name, packages });
  if (modules === undefined) throw fail('LAB_MISSING', { what: `ModSecurity for ${name} (${kind.module})`, packages });
  return { program, modules };
}

/**
 * Has the server read its configuration before it is started.
 * @throws WafproofError `RULES_INVALID` with file and line, `LAB_START`
 */
export async function testConfiguration(kind: ServerKind, program: string, ground: Configured): Promise<void> {
  const { folder } = ground;
  const output = await new Promise<string | undefined>((resolve) => {
    const options = { cwd: folder.path, timeout: testTimeoutMs };
    execFile(program, [...kind.testArguments(folder.path)], options, (error, stdout, stderr) => {
      resolve(error === null ? undefined : `${stdout}${stderr}`.trim() || reasonOf(error));
    });
  });
  if (output !== undefined) throw startError(kind, output, ground);
}

/** What a server said when it did not start, as an error that names the file at fault. */
export function startError(kind: ServerKind, output: string, { meant }: Pick<Configured, 'meant'>): WafproofError {
  const { reason, place } = kind.findFault(output);
  if (place === undefined) return fail('LAB_START', { server: kind.name, reason });
  return fail('RULES_INVALID', { reason }, { place: { ...place, file: meant(place.file) } });
}
