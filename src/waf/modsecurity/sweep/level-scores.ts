import { at, list, text } from '../../../util/json-tree.js';
import { parseJsonLine } from '../logs/json-value.js';
import { parseProbe } from '../probe-rules.js';

const levelRuleId = 9900013;
const levels = [1, 2, 3, 4] as const;

/** No request has so many points: what refuses under this threshold is not the score. */
export const unreachable = 1_000_000_000;

function named(prefix: string): string {
  return levels.map((level) => `${prefix}${level}=%{tx.${prefixes[prefix]}${level}}`).join(' ');
}

// CRS 3 and CRS 4 have other names for the points of a level; an unknown one expands to nothing.
const prefixes: Readonly<Record<string, string>> = { three: 'anomaly_score_pl', four: 'inbound_anomaly_score_pl' };
const scores = Object.values(prefixes).flatMap((prefix) => levels.map((level) => `TX:${prefix}${level}`));

/** Reports, in phase 5, the points of each level, and those that no level has. It changes nothing. */
export const levelProbe = `
SecRule ${scores.join('|')}|TX:anomaly_score|TX:blocking_inbound_anomaly_score "@gt 0" "id:${levelRuleId},phase:5,pass,t:none,log,msg:'wafproof total3=%{tx.anomaly_score} total4=%{tx.blocking_inbound_anomaly_score} ${named('three')} ${named('four')}'"
`;

/** The points of a request, by the level of the rules that gave them; the first number is of no level. */
export type LevelScores = readonly [rest: number, one: number, two: number, three: number, four: number];

/**
 * Reads what the probe reports in an entry of the audit log; all are zero where it reports nothing.
 * @param level the highest at which rules were executed
 */
export function readLevelScores(entry: Uint8Array | undefined, level: number): LevelScores {
  const messages = entry === undefined ? [] : list(at(parseJsonLine(entry), 'transaction', 'messages'));
  const message = messages.findLast((one) => Number(text(at(one, 'details', 'ruleId'))) === levelRuleId);
  const probe = parseProbe(text(at(message, 'message')));
  const [one, two, three, four] = levels.map((at) =>
    at > level ? 0 : (probe[`four${at}`] ?? probe[`three${at}`] ?? 0),
  );
  const known = (one ?? 0) + (two ?? 0) + (three ?? 0) + (four ?? 0);
  const total = probe['total4'] ?? probe['total3'] ?? 0;
  return [Math.max(0, total - known), one ?? 0, two ?? 0, three ?? 0, four ?? 0];
}

/** The score that counts at a level. */
export function scoreAt(scores: LevelScores, level: number): number {
  return scores.slice(0, level + 1).reduce((sum, points) => sum + points, 0);
}
