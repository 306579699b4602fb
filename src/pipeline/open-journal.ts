import { existsSync } from 'node:fs';
import type { RunOptions } from '../config/options.js';
import type { LoadedSuites } from '../suite/load-suites.js';
import { identifyJob } from './job-identity.js';
import { continueJournal, type Journal, journalPath, noJournal, startJournal } from './journal.js';
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
