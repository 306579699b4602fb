import { relative, resolve } from 'node:path';
import { unexpectedOf } from '../compare/apply-baseline.js';
import { appendRun } from '../history/append-run.js';
import { checkHistoryFile } from '../history/history-file.js';
import type { StreamedReport } from '../model/report.js';
import type { World } from './world.js';

/**
 * Says before a job begins what would keep its run from being appended.
 * @throws WafproofError `HISTORY_UNUSABLE`
 */
export async function checkHistory(file: string, { cwd }: Pick<World, 'cwd'>): Promise<void> {
  await checkHistoryFile(resolve(cwd, file));
}

/**
 * Appends a run to a history, and has the report say what earlier runs of the same cases against the same target tell of its
 * findings. A run that was interrupted is not appended: what it did not see may be there.
 * @throws WafproofError `HISTORY_UNUSABLE`
 */
export async function withHistory<R extends StreamedReport>(
  report: R,
  file: string,
  { cwd }: Pick<World, 'cwd'>,
): Promise<R> {
  if (report.interrupted !== undefined) return report;
  const path = resolve(cwd, file);
  const { target, selection, startedAt, summary } = report;
  const series = await appendRun(path, {
    series: JSON.stringify([target.name, target.url, selection]),
    startedAt,
    cases: summary.cases,
    unexpected: summary.unexpected,
    verdicts: summary.verdicts,
    findings: unexpectedOf(report),
  });
  return { ...report, history: { file: relative(cwd, path) || file, ...series } };
}
