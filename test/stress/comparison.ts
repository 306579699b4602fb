import { formatVariable, type RuleHit } from '../../src/model/evidence.js';
import type { CaseResult, RunReport } from '../../src/model/report.js';

/** What a run came to, beside one whose every case is known to be right. */
export interface Comparison {
  /** The same verdict, score, rules and variables. */
  readonly exact: number;
  /** Without evidence, and the verdict says so. */
  readonly lost: readonly string[];
  /** Anything else: somebody else's hits, missing ones, a wrong verdict. */
  readonly wrong: readonly string[];
}

/** Compares case by case; each case of the reference must have exactly one result. */
export function compare(reference: RunReport, { results }: RunReport): Comparison {
  const found = new Map(results.map((result) => [result.id, result]));
  const pairs = reference.results.map((right) => ({ right, got: found.get(right.id) }));
  const lost = pairs.filter(({ got }) => got !== undefined && isUnknown(got));
  const wrong = pairs.filter(({ right, got }) => got === undefined || (!isUnknown(got) && !isSame(right, got)));
  return {
    exact: pairs.length - lost.length - wrong.length,
    lost: lost.map(({ got }) => describe(got)),
    wrong: wrong.map(({ right, got }) => `${describe(got)} instead of ${describe(right)}`),
  };
}

/** A verdict that claims nothing of the WAF, with its reason. */
export function isUnknown({ verdict }: CaseResult): boolean {
  return (verdict.kind === 'inconclusive' || verdict.kind === 'unattributed-block') && verdict.reason !== '';
}

function isSame(right: CaseResult, got: CaseResult): boolean {
  return essence(right) === essence(got);
}

function describe(result: CaseResult | undefined): string {
  return result === undefined ? 'nothing' : `${result.id} ${result.status} ${essence(result)}`;
}

/** What does not depend on who asked and how: the rest is ids and times. */
function essence({ verdict, score, hits }: CaseResult): string {
  return JSON.stringify({ verdict, score, hits: [...new Set(hits.map(essenceOfHit))].sort() });
}

/** A line that names `TX` or `MATCHED_VAR` is about a variable that is recovered by its place among the headers. */
function essenceOfHit({ ruleId, variable, variableSource }: RuleHit): string {
  const isNamed = variableSource === 'logged' && !/^(?:TX|MATCHED_VAR)/.test(variable.collection);
  return isNamed ? `${ruleId} ${formatVariable(variable)}` : `${ruleId}`;
}
