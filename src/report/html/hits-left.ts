import { includesVariable } from '../../model/array-names.js';
import { pathOf } from '../../model/endpoint.js';
import type { RuleId, Variable } from '../../model/evidence.js';
import type { LeftInForce } from '../../model/exclusion.js';
import { matchesPath } from '../../model/path-template.js';
import type { CaseResult, Finding, RunReport } from '../../model/report.js';
import { groupBy } from '../../util/group-by.js';

/** Which hits stay, because legitimate requests pass with them. */
export interface HitsLeft {
  /** How many hits of a case stay. */
  countOf(result: CaseResult): number;
  /** What was left in force of a finding, by all exclusions that could have cleared it. */
  ofFinding(finding: Finding): readonly LeftInForce[];
}

/** A rule that matched, where. */
interface Seen {
  readonly ruleId: RuleId;
  readonly variable: Variable;
  readonly method: string;
  readonly path: string;
}

/** The collection of what was left in force of a rule as a whole. */
const everyVariable = 'every variable';

/** Hits that stay with a margin; none where nobody asked for one. */
export function hitsLeft({ verification }: RunReport): HitsLeft {
  const byRule = groupBy(verification?.leftInForce ?? [], ({ ruleId }) => ruleId);
  const staying = (seen: Seen) => (byRule.get(seen.ruleId) ?? []).filter((one) => isLeft(one, seen));
  return {
    countOf: ({ hits, request: { method, path } }) =>
      hits.filter(({ ruleId, variable }) => staying({ ruleId, variable, method, path: pathOf({ path }) }).length > 0)
        .length,
    ofFinding: staying,
  };
}

/** The path of a finding may be a template itself. */
function isLeft({ variable, scope }: LeftInForce, seen: Seen): boolean {
  return (
    (variable.collection === everyVariable || includesVariable(variable, seen.variable)) &&
    (scope.method === undefined || scope.method === seen.method) &&
    (scope.path === undefined || scope.path === seen.path || matchesPath(scope.path, seen.path))
  );
}
