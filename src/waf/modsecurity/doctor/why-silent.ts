import type { Silence } from '../../../contract/waf.js';
import type { ModsecurityRecord } from '../log-record.js';

/**
 * Why a log entry comes from an engine that has no rules: the log says which engine wrote it, and none of what rules
 * leave in every entry. Nothing where there are rules, and where the log's format does not say.
 */
export function whySilent({ waf, hits }: Pick<ModsecurityRecord, 'waf' | 'hits'>): Silence | undefined {
  const { version, ruleset, paranoia, threshold } = waf;
  const hasRules = ruleset !== undefined || paranoia !== undefined || threshold !== undefined || hits.length > 0;
  if (version === undefined || hasRules) return undefined;
  return {
    reason: `${version} names no rule set, no paranoia level and no threshold`,
    fix: 'load a Core Rule Set, or give rules of your own a name with SecComponentSignature',
  };
}
