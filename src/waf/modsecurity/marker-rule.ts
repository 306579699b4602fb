import { correlationHeader } from '../../model/correlation.js';

/** Logs the correlation id before any other rule runs. Its line makes the engine keep an audit entry of the request. */
export const openingRuleId = 9900020;
/** Logs it again in phase 5, which runs whatever was decided: no line of the request comes later. */
export const closingRuleId = 9900021;

/**
 * Rules that change nothing and write the correlation id into the log, for logs that do not show request headers, such as
 * Apache's and nginx's error logs: the id stands there as `[data "w7-k3x9q2mt-1"]` beside the engine's `unique_id`.
 * The opening rule is to be loaded before the Core Rule Set, the closing rule after it.
 */
export const markerRules = {
  opening: markerRule(openingRuleId, 1, 'wafproof begins'),
  closing: markerRule(closingRuleId, 5, 'wafproof ends'),
};

function markerRule(id: number, phase: number, message: string): string {
  const actions = `id:${id},phase:${phase},pass,t:none,log,auditlog,msg:'${message}',logdata:'%{MATCHED_VAR}'`;
  return `SecRule REQUEST_HEADERS:${correlationHeader} "@rx ^w7-[a-z0-9-]{1,64}$" "${actions}"\n`;
}
