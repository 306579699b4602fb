import type { LabFolder } from '../../../lab/lab-folder.js';
import { infoSuffix } from '../../../model/correlation.js';
import type { LogFormat } from '../../../model/options.js';
import type { WafMode } from '../../../model/report.js';
import { recommendedSettings } from '../base-config.js';
import type { RulePart } from '../engine-protocol.js';
import { markerRules } from '../marker-rule.js';
import { probeRules } from '../probe-rules.js';
import { type Defined, withoutDefined } from '../user-rules/own-channel.js';
import type { ServerKind } from './server-kind.js';

export interface LabRules {
  readonly engine: ServerKind['engine'];
  readonly mode: WafMode;
  readonly unicodeMap: string;
  /** Rules between settings and probes. */
  readonly parts: readonly RulePart[];
  /** What the user's own rules define among them. */
  readonly defined: Defined;
  /** Absent where only the error log tells. */
  readonly log?: AuditLog;
}

/** An audit log and where it is written; the error log is none. */
export interface AuditLog {
  readonly format: Exclude<LogFormat, 'error'>;
  readonly file: string;
  /** Folder for the files of the format `concurrent`. */
  readonly entries: string;
}

/** The correlation id of the one request that asks a lab what it is. It leaves no entry in the audit log. */
export const labInfoId = `w7-lab${infoSuffix}`;

/**
 * Everything that ModSecurity reads, in the order of servers: recommended settings, crs-setup, rules before, Core Rule
 * Set, rules after; with the probes, and with the markers by which any log is joined. Files are included, so that
 * messages name them.
 */
export async function labRules(rules: LabRules, spell: LabFolder['spell']): Promise<string> {
  const parts = await Promise.all(
    rules.parts.map(async (part) => ('text' in part ? part.text : `Include ${await spell(part.file)}\n`)),
  );
  return [
    withoutDefined(recommendedSettings(rules), rules.defined),
    withoutDefined(responseSettings, rules.defined),
    rules.engine === 'modsecurity2' ? storageSettings : '',
    auditSettings(rules.log),
    markerRules.opening,
    ...parts,
    probeRules,
    buildRule,
    markerRules.closing,
  ].join('\n');
}

/** As recommended: what the application answers is inspected too, where it is text. */
const responseSettings = `SecResponseBodyAccess On
SecResponseBodyMimeType text/plain text/html text/xml
SecResponseBodyLimit 524288
SecResponseBodyLimitAction ProcessPartial
`;

/** Version 2 needs to be told where to put collections and bodies; version 3 keeps them in memory. */
const storageSettings = 'SecDataDir tmp\nSecTmpDir tmp\nSecRequestBodyInMemoryLimit 131072\n';

function auditSettings(log: AuditLog | undefined): string {
  if (log === undefined) return 'SecAuditEngine Off\n';
  const concurrent = `SecAuditLogType Concurrent\nSecAuditLogStorageDir ${log.entries}\n`;
  return `SecAuditEngine On
SecAuditLogParts ABHZ
SecAuditLogFormat ${log.format === 'native' ? 'Native' : 'JSON'}
${log.format === 'concurrent' ? concurrent : 'SecAuditLogType Serial\n'}SecAuditLog ${log.file}
`;
}

/** Tells the build of the engine, `030009100` for 3.0.9, to the error log alone. */
const buildRule = `SecRule REQUEST_HEADERS:X-Wafproof-Id "@streq ${labInfoId}" "id:9900012,phase:5,pass,t:none,log,msg:'wafproof build=%{MODSEC_BUILD}',ctl:auditEngine=Off"
`;
