import { formatVariable } from '../../model/evidence.js';
import type { CaseResult } from '../../model/report.js';
import type { CaseDraft } from '../../record/suite-draft.js';
import { nameSome } from '../../util/name-some.js';

/** A test that sent something, and what became of it. */
export interface TestOutcome {
  /** As `nameOfTest` shows it. */
  readonly name: string;
  /** Different requests, each counted once. */
  readonly requests: number;
  /** What a WAF would refuse of it, such as `POST /pay (recorded/pays-by-card): 942100 at ARGS:note`. */
  readonly refused: readonly string[];
}

/** Tests in the order in which they first sent something. */
export function outcomesOf(
  cases: readonly CaseDraft[],
  stem: string,
  results: Iterable<CaseResult>,
): readonly TestOutcome[] {
  const refusals = new Map<string, string>();
  for (const result of results) if (result.verdict.kind === 'false-positive') refusals.set(result.id, describe(result));
  const tests = new Map<string, { requests: number; refused: string[] }>();
  for (const { id, tests: names = [] } of cases)
    for (const name of names) {
      const test = tests.get(name) ?? { requests: 0, refused: [] };
      tests.set(name, test);
      test.requests++;
      const refusal = refusals.get(`${stem}/${id}`);
      if (refusal !== undefined) test.refused.push(refusal);
    }
  return [...tests].map(([name, outcome]) => ({ name, ...outcome }));
}

/** Names alone: what stands in a field may be a secret. */
function describe({ id, request: { method, path }, hits }: CaseResult): string {
  const rules = [...new Set(hits.map(({ ruleId, variable }) => `${ruleId} at ${formatVariable(variable)}`))];
  const why = rules.length === 0 ? '' : `: ${nameSome(rules)}`;
  return `${method} ${path.replace(/\?.*$/s, '')} (${id})${why}`;
}
