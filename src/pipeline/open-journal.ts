import { existsSync } from 'node:fs';
import {
  continueJournal,
  type Journal,
  journalPath,
  noJournal,
  removeJournal,
  startJournal,
} from '../journal/journal.js';
import type { RunOptions } from '../model/options.js';
import type { ReportHead } from '../model/report.js';
import type { LoadedSuites } from '../suite/load-suites.js';
import { identifyJob } from './job-identity.js';
import type { World } from './world.js';

/**
 * The journal that a run is to keep: a new one, or that of the unfinished run which it continues.
 * @throws WafproofError `RESUME_MISSING`, `RESUME_MISMATCH`, `JOURNAL_INVALID`
 */
export async function openJournal(options: RunOptions, suites: LoadedSuites, { progress }: World): Promise<Journal> {
  if (options.journal === undefined) return noJournal();
  const path = journalPath(options.journal.folder);
  const job = await identifyJob(options, suites.cases());
  if (options.journal.resume) return continueJournal(path, job);
  if (existsSync(path)) progress.warn(`${path} is of an unfinished run and will be replaced; --resume continues it`);
  return startJournal(path, job);
}

/**
 * To be called when the report of a run is safe on the disk: the journal of one that is complete goes.
 * @returns the path of the journal of a run that can be continued
 */
export async function settleJournal(
  folder: string,
  { interrupted }: Pick<ReportHead, 'interrupted'>,
): Promise<string | undefined> {
  const path = journalPath(folder);
  if (interrupted !== undefined) return path;
  await removeJournal(path);
  return undefined;
}
