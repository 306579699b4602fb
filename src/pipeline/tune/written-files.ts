import type { Dialect } from '../../contract/dialect.js';
import type { ReportFile } from '../../contract/reporter.js';
import type { Ground } from './ground.js';
import { reasonsOf } from './link-findings.js';
import type { Proved } from './prove-exclusions.js';

/** The files of a dialect with a set of exclusions, as the user gets them. */
export function filesOf(
  dialect: Dialect,
  { exclusions, verification }: Proved,
  { report, settings }: Ground,
): readonly ReportFile[] {
  const notes = { firstId: settings.firstId, reasons: reasonsOf(report), engine: verification.engine, verification };
  return dialect.write(exclusions, notes);
}
