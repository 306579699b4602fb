import type { WafMode } from '../../model/report.js';
import type { ModsecurityVersion } from './user-rules/modsecurity-version.js';

/** Files in the folder of an engine process, which is its working folder. */
export const engineFiles = { auditLog: 'audit.log', unicodeMap: 'unicode.mapping' };

/** Which demands a multipart body fails, in the words of the recommended rule 200003. */
const strictFlags = [
  'PE %{REQBODY_PROCESSOR_ERROR}',
  'BQ %{MULTIPART_BOUNDARY_QUOTED}',
  'BW %{MULTIPART_BOUNDARY_WHITESPACE}',
  'DB %{MULTIPART_DATA_BEFORE}',
  'DA %{MULTIPART_DATA_AFTER}',
  'HF %{MULTIPART_HEADER_FOLDING}',
  'LF %{MULTIPART_LF_LINE}',
  'SM %{MULTIPART_MISSING_SEMICOLON}',
  'IQ %{MULTIPART_INVALID_QUOTING}',
  'IP %{MULTIPART_INVALID_PART}',
  'IH %{MULTIPART_INVALID_HEADER_FOLDING}',
  'FL %{MULTIPART_FILE_LIMIT_EXCEEDED}',
].join(', ');

/** Which requests leave an entry in the audit log: every one, or those that a rule matched. */
export type AuditScope = 'all' | 'relevant';

/** What the recommended configuration depends on. */
export interface RecommendedSettings {
  readonly mode: WafMode;
  /** Path of a `SecUnicodeMapFile`. */
  readonly unicodeMap: string;
  readonly engine: ModsecurityVersion;
}

/**
 * Settings and rule ids of ModSecurity's recommended configuration (modsecurity.conf in the project's repository), which
 * servers load before the Core Rule Set. Differences: PCRE limits of 100000 instead of 1000, so that long legitimate
 * text is judged by the rules and not by the limit; the optional rule 200006 for `application/*+json` is on; answers
 * are not inspected. ModSecurity 2's variant refuses multipart bodies that hold what merely looks like a boundary too.
 */
export function recommendedSettings({ mode, unicodeMap, engine }: RecommendedSettings): string {
  const unmatchedBoundary = engine === 'modsecurity2' ? '!@eq 0' : '@eq 1';
  return `
SecRuleEngine ${mode === 'block' ? 'On' : 'DetectionOnly'}
SecRequestBodyAccess On
SecResponseBodyAccess Off
SecRequestBodyLimit 13107200
SecRequestBodyNoFilesLimit 131072
SecRequestBodyLimitAction Reject
SecRequestBodyJsonDepthLimit 512
SecArgumentsLimit 1000
SecPcreMatchLimit 100000
SecPcreMatchLimitRecursion 100000
SecArgumentSeparator &
SecCookieFormat 0
SecUnicodeMapFile ${unicodeMap} 20127
SecRule REQUEST_HEADERS:Content-Type "^(?:application(?:/soap\\+|/)|text/)xml" "id:200000,phase:1,t:none,t:lowercase,pass,nolog,ctl:requestBodyProcessor=XML"
SecRule REQUEST_HEADERS:Content-Type "^application/json" "id:200001,phase:1,t:none,t:lowercase,pass,nolog,ctl:requestBodyProcessor=JSON"
SecRule REQUEST_HEADERS:Content-Type "^application/[a-z0-9.-]+[+]json" "id:200006,phase:1,t:none,t:lowercase,pass,nolog,ctl:requestBodyProcessor=JSON"
SecRule &ARGS "@ge 1000" "id:200007,phase:2,t:none,log,deny,status:400,msg:'More arguments than SecArgumentsLimit allows',severity:2"
SecRule REQBODY_ERROR "!@eq 0" "id:200002,phase:2,t:none,log,deny,status:400,msg:'The request body could not be parsed',logdata:'%{reqbody_error_msg}',severity:2"
SecRule MULTIPART_STRICT_ERROR "!@eq 0" "id:200003,phase:2,t:none,log,deny,status:400,msg:'The multipart body failed strict validation',logdata:'${strictFlags}'"
SecRule MULTIPART_UNMATCHED_BOUNDARY "${unmatchedBoundary}" "id:200004,phase:2,t:none,log,deny,msg:'The multipart body may have an unmatched boundary'"
SecRule TX:/^MSC_/ "!@streq 0" "id:200005,phase:2,t:none,deny,msg:'ModSecurity flagged an internal error: %{MATCHED_VAR_NAME}'"
`;
}

/** Configuration of the embedded engine, which writes a JSON audit log of its own. */
export function baseConfig(mode: WafMode, audit: AuditScope): string {
  const settings = recommendedSettings({ mode, unicodeMap: engineFiles.unicodeMap, engine: 'modsecurity3' });
  return `${settings}SecAuditEngine ${audit === 'all' ? 'On' : 'RelevantOnly'}
SecAuditLogRelevantStatus "^$"
SecAuditLogParts ABHZ
SecAuditLogFormat JSON
SecAuditLogType Serial
SecAuditLog ${engineFiles.auditLog}
`;
}
