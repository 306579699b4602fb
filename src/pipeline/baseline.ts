import { relative, resolve } from 'node:path';
import { applyBaseline } from '../compare/apply-baseline.js';
import { formatBaseline, isDay, parseBaseline } from '../compare/baseline-file.js';
import { updateBaseline } from '../compare/update-baseline.js';
import type { BaselineEntry, BaselineNotes, BaselineUpdate } from '../model/baseline.js';
import { fail } from '../model/error.js';
import type { StreamedReport } from '../model/report.js';
import { waitForLock } from '../util/lock-file.js';
import { type FileText, readText } from '../util/read-file.js';
import { reasonOf } from '../util/reason-of.js';
import { replaceFile } from '../util/replace-file.js';
import { using } from '../util/using.js';
import type { World } from './world.js';

const sizeLimit = 16 * 1024 * 1024;
const patienceMs = 60_000;

/**
 * A report with what a baseline says of it: what the file accepts does not fail any more.
 * @throws WafproofError `BASELINE_UNREADABLE`, `BASELINE_INVALID`
 */
export async function withBaseline<R extends StreamedReport>(
  report: R,
  file: string,
  world: Pick<World, 'cwd'>,
): Promise<R> {
  return (await openBaseline(file, world))(report);
}

/** `withBaseline` in two steps, so that what is wrong with the file is told before a report is made. */
export async function openBaseline(
  file: string,
  { cwd }: Pick<World, 'cwd'>,
): Promise<<R extends StreamedReport>(report: R) => R> {
  const entries = await readBaseline(file, cwd);
  if (entries === undefined)
    throw fail('BASELINE_UNREADABLE', { reason: 'there is no such file' }, { place: { file } });
  const name = relative(cwd, resolve(cwd, file)) || file;
  return (report) => applyBaseline(report, entries, name);
}

/**
 * Writes a baseline that accepts what is in a report; one that is there keeps reasons and days, whoever else writes it meanwhile,
 * and stays as it is where it cannot be written.
 * @throws WafproofError `BASELINE_UNREADABLE`, `BASELINE_INVALID`, `OUTPUT_UNWRITABLE`, `OUTPUT_LOCKED`
 */
export async function saveBaseline(
  report: StreamedReport,
  file: string,
  notes: BaselineNotes,
  { cwd }: Pick<World, 'cwd'>,
): Promise<BaselineUpdate> {
  if (notes.expires !== undefined && !isDay(notes.expires))
    throw fail('USAGE', {
      message: `--expires takes a day such as 2027-01-31, not "${notes.expires}"`,
      command: 'report',
    });
  const path = resolve(cwd, file);
  return using(takeTurn(path, file), async () => {
    const update = updateBaseline(report, (await readBaseline(file, cwd)) ?? [], notes);
    await replaceFile(path, formatBaseline(update.entries, file)).catch(unwritable(file));
    return update;
  });
}

async function takeTurn(path: string, file: string): Promise<{ close(): Promise<void> }> {
  const lock = `${path}.turn`;
  const attempt = await waitForLock(lock, 'wafproof report --update-baseline', patienceMs).catch(unwritable(file));
  if (attempt.kind === 'held') return { close: attempt.release };
  throw fail('OUTPUT_LOCKED', { ...(attempt.by && { by: attempt.by }), file: lock }, { place: { file } });
}

function unwritable(file: string): (cause: unknown) => never {
  return (cause) => {
    const told = { reason: reasonOf(cause), advice: 'name another file' };
    throw fail('OUTPUT_UNWRITABLE', told, { place: { file }, cause });
  };
}

async function readBaseline(file: string, cwd: string): Promise<readonly BaselineEntry[] | undefined> {
  const read = await readText(resolve(cwd, file), sizeLimit);
  if (read.kind === 'missing') return undefined;
  if (read.kind !== 'read') throw fail('BASELINE_UNREADABLE', { reason: whyNot(read) }, { place: { file } });
  return parseBaseline(read.text, file);
}

function whyNot(read: Exclude<FileText, { readonly kind: 'read' | 'missing' }>): string {
  switch (read.kind) {
    case 'not-text':
      return 'it is not UTF-8 text';
    case 'too-large':
      return `it is larger than ${sizeLimit} bytes`;
    case 'unreadable':
      return read.reason;
  }
}
