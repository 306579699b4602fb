import { open, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReportHead } from '../model/report.js';
import { jsonFile } from '../report/json-reporter.js';
import { unlessAbsent } from '../util/growing-file.js';

const aside = 'interrupted';

/** Where the files of a report go, and what is to be said of it. */
export interface ReportPlace {
  readonly folder: string;
  /** The folder has the finished report of an earlier run, which stays. */
  readonly isAside: boolean;
}

/** A report that was interrupted goes beside a finished one, and never takes its place. */
export async function placeOfReport({ interrupted }: ReportHead, out: string): Promise<ReportPlace> {
  const isAside = interrupted !== undefined && (await hasFinishedReport(out));
  return { folder: isAside ? join(out, aside) : out, isAside };
}

/** What an interrupted run has left beside is out of date when a finished report is written: files of the same names go. */
export async function removeInterrupted(files: readonly string[], out: string): Promise<void> {
  const folder = join(out, aside);
  await Promise.all(files.map((name) => rm(join(folder, name), { force: true })));
  await rmdir(folder).catch(() => undefined);
}

const headBytes = 256 * 1024;

/** Told by what stands before the results, since reports can be long. */
async function hasFinishedReport(out: string): Promise<boolean> {
  const file = await unlessAbsent(open(join(out, jsonFile), 'r')).catch(() => undefined);
  if (file === undefined) return false;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    const head = buffer.toString('utf8', 0, bytesRead).split('"results":')[0] ?? '';
    return !/^\s*"interrupted":/m.test(head);
  } finally {
    await file.close();
  }
}
