import type { LogRecord } from '../contract/log-record.js';

/**
 * Why a log entry comes from an engine that has no rules: the log says which engine wrote it, and none of what rules
 * leave in every entry. Nothing where there are rules, and where the log's format does not say.
 */
export function whySilent({ waf, hits }: LogRecord): string | undefined {
  const { version, ruleset, paranoia, threshold } = waf;
  const hasRules = ruleset !== undefined || paranoia !== undefined || threshold !== undefined || hits.length > 0;
  if (version === undefined || hasRules) return undefined;
  return `${version} names no rule set, no paranoia level and no threshold`;
}
