import { correlationHeader, infoSuffix } from '../../model/correlation.js';
import { markerRules } from './marker-rule.js';
import { probeRules } from './probe-rules.js';

/** Text of one file of a server's configuration. */
export interface SetupPart {
  readonly kind: 'rules before' | 'rules after' | 'server';
  /** Where it belongs, for people. */
  readonly place: string;
  readonly text: string;
}

/** Directives take no comment on their line, so each has its comment before it. */
export function commented(lines: readonly (readonly [comment: string, directive: string])[]): string {
  return lines.map(([comment, directive]) => `# ${comment}\n${directive.trim()}\n`).join('\n');
}

/** Never in a log. */
const skipRuleId = 9900022;
const end = 'END-WAFPROOF';

/** What is loaded after the Core Rule Set, whatever the engine. */
export function rulesAfter(): string {
  const [info = '', score = ''] = probeRules.trim().split('\n');
  return commented([
    [
      'Requests of others pass by the rules below, which leave no line for them.',
      `SecRule &REQUEST_HEADERS:${correlationHeader} "@eq 0" "id:${skipRuleId},phase:5,pass,t:none,nolog,skipAfter:${end}"`,
    ],
    [
      `Answers the question of a correlation id that ends in ${infoSuffix}: paranoia level and threshold in force.`,
      info,
    ],
    ['Logs the anomaly score of requests that stayed under the threshold too, so that near misses are seen.', score],
    ['Logs the correlation id again when all is decided: no line of the request comes later.', markerRules.closing],
    ['Where requests of others go on.', `SecMarker ${end}`],
  ]);
}
