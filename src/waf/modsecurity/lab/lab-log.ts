import { appendFile, chown, mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { otherAuditLog } from '../../../lab/append-log.js';
import type { LabFolder } from '../../../lab/lab-folder.js';
import type { WorkerUser } from '../../../lab/worker-user.js';
import { fail } from '../../../model/error.js';
import type { LogFormat } from '../../../model/options.js';
import { reasonOf } from '../../../util/reason-of.js';
import type { AuditLog } from './lab-rules.js';
import { labFiles } from './server-kind.js';

export interface LogWish {
  readonly format: LogFormat;
  /** File that receives the log; without it there is only an error log, in the folder of the lab. */
  readonly file?: string;
}

/** The logs of a server, spelled for its configuration. */
export interface LabLogs {
  readonly errorLog: string;
  readonly auditLog?: AuditLog;
}

/**
 * Makes sure that the log can be written where it is wanted.
 * @throws WafproofError `OUTPUT_UNWRITABLE`
 */
export async function prepareLogs(wish: LogWish, folder: LabFolder, user: WorkerUser | undefined): Promise<LabLogs> {
  if (wish.file === undefined) return { errorLog: labFiles.errorLog };
  const path = resolve(wish.file);
  await writable(path, () => appendFile(path, ''));
  const file = await folder.spell(path);
  if (wish.format === 'error') return { errorLog: file };
  const auditLog = { format: wish.format, file, entries: await folder.spell(entriesFolder(path)) };
  if (wish.format === 'concurrent') await prepareEntries(path, user);
  return { errorLog: labFiles.errorLog, auditLog };
}

/** Where the entries of a concurrent audit log are: beside the index. */
export function entriesFolder(index: string): string {
  return `${index}.entries`;
}

async function prepareEntries(index: string, user: WorkerUser | undefined): Promise<void> {
  const path = entriesFolder(index);
  await writable(path, () => mkdir(path, { recursive: true }));
  if (user === undefined) return;
  await chown(path, user.uid, user.gid);
  await writable(path, () => mayEnter(dirname(path), user));
}

/** Files of single requests are opened by the worker processes, which are not root even where the server is. */
async function mayEnter(folder: string, user: WorkerUser): Promise<void> {
  const { mode, uid, gid } = await stat(folder);
  const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
  if ((mode & bit) === 0) throw new Error(`the server's user ${user.name} may not enter ${folder}`);
  if (dirname(folder) !== folder) await mayEnter(dirname(folder), user);
}

async function writable(path: string, attempt: () => Promise<unknown>): Promise<void> {
  await attempt().catch((cause: unknown) => {
    throw fail(
      'OUTPUT_UNWRITABLE',
      { reason: reasonOf(cause), advice: otherAuditLog },
      { place: { file: path }, cause },
    );
  });
}
