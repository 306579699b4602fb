import type { TargetOptions } from '../config/options.js';
import type { LogSource } from '../contract/log-record.js';
import { createFileLogSource } from '../evidence/file-log-source.js';
import { fail } from '../model/error.js';
import { parseAuditJson } from '../waf/modsecurity/audit-json.js';

/**
 * The log of a target, read from its present end.
 * @param marker text that the entries of this run contain; other lines are not parsed
 * @throws WafproofError `LOG_MISSING`
 */
export function openLog({ log }: TargetOptions, marker: string): Promise<LogSource> {
  if (log === undefined) throw fail('LOG_MISSING', { reason: 'the target names none' });
  return createFileLogSource({ path: log, parse: parseAuditJson, marker });
}
