import { formatVariable, type RuleHit, type RuleId } from '../model/evidence.js';
import type { Finding, StreamedReport } from '../model/report.js';
import { keyOfElements, keyOfFinding } from './finding-keys.js';
import { digestOf } from './result-digest.js';

/** The findings of one rule on one field, at all endpoints where it was seen. */
export interface FindingGroup {
  readonly ruleId: RuleId;
  readonly message: string;
  readonly variable: string;
  /** Distinct cases over all endpoints. */
  readonly cases: number;
  /** Most cases first. */
  readonly findings: readonly Finding[];
  /** A hit of this rule on this field, for what findings do not say: severity, tags, paranoia level. */
  readonly example?: RuleHit;
}

/** Findings grouped by rule and field, those with most cases first. */
export function groupFindings(report: StreamedReport): readonly FindingGroup[] {
  const { examples } = digestOf(report);
  return [...byRuleAndField(report.findings).values()]
    .flatMap((findings) => toGroup(findings, examples))
    .sort((a, b) => b.cases - a.cases || compare(`${a.ruleId}`, `${b.ruleId}`) || compare(a.variable, b.variable));
}

function byRuleAndField(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = keyOfFinding(finding);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return groups;
}

function toGroup(findings: readonly Finding[], examples: ReadonlyMap<string, RuleHit>): readonly FindingGroup[] {
  const [first] = findings;
  if (first === undefined) return [];
  const example = [keyOfFinding(first), ...keyOfElements(first)].map((key) => examples.get(key)).find((hit) => hit);
  const group = {
    ruleId: first.ruleId,
    message: first.message,
    variable: formatVariable(first.variable),
    cases: new Set(findings.flatMap((finding) => finding.cases)).size,
    findings: findings.toSorted((a, b) => b.cases.length - a.cases.length || compare(endpoint(a), endpoint(b))),
  };
  return [example === undefined ? group : { ...group, example }];
}

function endpoint({ method, path }: Finding): string {
  return `${method} ${path}`;
}

/** By code units, so that the order is the same everywhere. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
