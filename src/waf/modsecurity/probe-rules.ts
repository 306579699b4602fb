import { infoSuffix } from '../../model/correlation.js';

export const infoRuleId = 9900010;
export const scoreRuleId = 9900011;

/**
 * Rules that change nothing and report, in phase 5, what no log line of the Core Rule Set tells in every case: the
 * anomaly score of a request that stayed under the threshold, and level and threshold in force. CRS 3 keeps the score
 * in `tx.anomaly_score` and the level in `tx.paranoia_level`, CRS 4 in `tx.blocking_inbound_anomaly_score` and
 * `tx.blocking_paranoia_level`; an unknown name expands to nothing.
 */
export const probeRules = `
SecRule REQUEST_HEADERS:X-Wafproof-Id "@endsWith ${infoSuffix}" "id:${infoRuleId},phase:5,pass,t:none,log,msg:'wafproof paranoia3=%{tx.paranoia_level} paranoia4=%{tx.blocking_paranoia_level} threshold=%{tx.inbound_anomaly_score_threshold}'"
SecRule TX:anomaly_score|TX:blocking_inbound_anomaly_score "@gt 0" "id:${scoreRuleId},phase:5,pass,t:none,log,msg:'wafproof score=%{MATCHED_VAR} threshold=%{tx.inbound_anomaly_score_threshold}'"
`;

/** Reads the text of the probes back: `wafproof score=35 threshold=5`. */
export function parseProbe(message: string): Readonly<Record<string, number>> {
  const pairs = [...message.matchAll(/(\w+)=(\d+)/g)].map(
    ([, name = '', value = '']) => [name, Number(value)] as const,
  );
  return Object.fromEntries(pairs);
}
