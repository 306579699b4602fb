import { pathOf } from '../../model/endpoint.js';
import type { RuleId } from '../../model/evidence.js';
import type { LeftInForce } from '../../model/exclusion.js';
import { matchesPath } from '../../model/path-template.js';
import type { CaseResult, Finding, StreamedReport } from '../../model/report.js';
import { isSeenAt, type SeenAt } from '../../request/field-paths.js';
import { groupBy } from '../../util/group-by.js';

/** Which hits stay, because legitimate requests pass with them. */
export interface HitsLeft {
  /** How many hits of a case stay. */
  countOf(result: CaseResult): number;
  /** What was left in force of a finding, by all exclusions that could have cleared it. */
  ofFinding(finding: Finding): readonly LeftInForce[];
}

/** A rule that matched, where. */
interface Seen extends SeenAt {
  readonly ruleId: RuleId;
  readonly method: string;
  readonly path: string;
}

/** The collection of what was left in force of a rule as a whole. */
const everyVariable = 'every variable';

/** Hits that stay with a margin; none where nobody asked for one. */
export function hitsLeft({ verification }: StreamedReport): HitsLeft {
  const byRule = groupBy(verification?.leftInForce ?? [], ({ ruleId }) => ruleId);
  const staying = (seen: Seen) => (byRule.get(seen.ruleId) ?? []).filter((one) => isLeft(one, seen));
  return {
    countOf: ({ hits, request: { method, path } }) =>
      hits.filter((hit) => staying({ ...hit, method, path: pathOf({ path }) }).length > 0).length,
    ofFinding: staying,
  };
}

/** The path of a finding may be a template itself. */
function isLeft(left: LeftInForce, seen: Seen): boolean {
  const { variable, scope } = left;
  return (
    (variable.collection === everyVariable || isSeenAt(seen, left)) &&
    (scope.method === undefined || scope.method === seen.method) &&
    (scope.path === undefined || scope.path === seen.path || matchesPath(scope.path, seen.path))
  );
}
