import { formatVariable, type RuleHit } from '../../src/model/evidence.js';
import type { CaseResult, RunReport } from '../../src/model/report.js';

/** What a run came to, beside one whose every case is known to be right. Cases by their ids, with what is amiss. */
export interface Comparison {
  /** The same verdict, score, rules and variables. */
  readonly exact: number;
  /** The same, but the variable of a rule is not known, and the hit says so. */
  readonly vague: readonly string[];
  /** Answered, without evidence, and the verdict says so. */
  readonly lost: readonly string[];
  /** Not answered, and the verdict says so. */
  readonly unanswered: readonly string[];
  /** Anything else: somebody else's hits, missing ones, a wrong verdict. */
  readonly wrong: readonly string[];
}

/** Compares case by case; each case of the reference must have exactly one result. */
export function compare(reference: RunReport, { results }: RunReport): Comparison {
  const found = new Map(results.map((result) => [result.id, result]));
  const pairs = reference.results.map((right) => ({ right, got: found.get(right.id) }));
  const kinds = pairs.map(({ right, got }) => ({ kind: kindOf(right, got), text: () => describe(right, got) }));
  const those = (kind: Kind) => kinds.filter((one) => one.kind === kind).map(({ text }) => text());
  return {
    exact: kinds.filter(({ kind }) => kind === 'exact').length,
    vague: those('vague'),
    lost: those('lost'),
    unanswered: those('unanswered'),
    wrong: [...those('wrong'), ...(results.length > pairs.length ? ['more results than cases'] : [])],
  };
}

type Kind = keyof Comparison;

function kindOf(right: CaseResult, got: CaseResult | undefined): Kind {
  if (got === undefined) return 'wrong';
  if (claimsNothing(got)) return got.status === undefined ? 'unanswered' : 'lost';
  if (decision(right) !== decision(got)) return 'wrong';
  const { extra, lacking } = hitsBeside(right, got);
  if (extra.length === 0 && lacking.length === 0) return 'exact';
  const unknown = new Set(got.hits.filter(({ variableSource }) => variableSource === 'unknown').map(hitWithoutPlace));
  const isVague = [...extra, ...lacking].every((hit) => unknown.has(hit.split(' ')[0] ?? ''));
  return isVague && extra.every((hit) => unknown.has(hit)) ? 'vague' : 'wrong';
}

function claimsNothing({ verdict }: CaseResult): boolean {
  return (verdict.kind === 'inconclusive' || verdict.kind === 'unattributed-block') && verdict.reason !== '';
}

function decision({ verdict, score }: CaseResult): string {
  return JSON.stringify({ ...verdict, score });
}

function hitsBeside(right: CaseResult, got: CaseResult) {
  const expected = new Set(right.hits.map(hitWithPlace));
  const found = new Set(got.hits.map((hit) => (expected.has(placed(hit)) ? placed(hit) : hitWithPlace(hit))));
  return {
    extra: [...found].filter((hit) => !expected.has(hit)),
    lacking: [...expected].filter((hit) => !found.has(hit)),
  };
}

/** A line that names `TX` or `MATCHED_VAR` is about a variable that is recovered by its place among the headers. */
function hitWithPlace(hit: RuleHit): string {
  const isNamed = hit.variableSource === 'logged' && !/^(?:TX|MATCHED_VAR)/.test(hit.variable.collection);
  return isNamed ? placed(hit) : hitWithoutPlace(hit);
}

function placed({ ruleId, variable }: RuleHit): string {
  return `${ruleId} ${formatVariable(variable)}`;
}

function hitWithoutPlace({ ruleId }: RuleHit): string {
  return `${ruleId}`;
}

function describe(right: CaseResult, got: CaseResult | undefined): string {
  if (got === undefined) return `${right.id} is not there`;
  const { extra, lacking } = hitsBeside(right, got);
  return `${right.id} ${got.status} ${decision(got)}, not ${decision(right)}; ${JSON.stringify({ extra, lacking })}`;
}
