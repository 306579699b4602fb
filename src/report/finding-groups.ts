import { formatVariable, type RuleHit, type RuleId } from '../model/evidence.js';
import type { Finding, RunReport } from '../model/report.js';
import { fieldKey, generaliseField, isGeneralField } from '../request/field-paths.js';

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
export function groupFindings(report: RunReport): readonly FindingGroup[] {
  const examples = exampleHits(report);
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

function exampleHits({ results }: RunReport): ReadonlyMap<string, RuleHit> {
  const examples = new Map<string, RuleHit>();
  for (const { hits, verdict } of results) {
    if (verdict.kind !== 'false-positive') continue;
    for (const hit of hits) {
      for (const key of [keyOfFinding(hit), ...keyOfElements(hit)]) if (!examples.has(key)) examples.set(key, hit);
    }
  }
  return examples;
}

function keyOfFinding({ ruleId, variable }: Pick<Finding, 'ruleId' | 'variable'>): string {
  return JSON.stringify([ruleId, formatVariable(variable)]);
}

/** The same for a hit at one element of an array and a finding that is about all of them. */
function keyOfElements({ ruleId, field }: Pick<Finding, 'ruleId' | 'field'>): readonly string[] {
  const general = field && generaliseField(field);
  return general !== undefined && isGeneralField(general) ? [JSON.stringify([ruleId, fieldKey(general)])] : [];
}

function endpoint({ method, path }: Finding): string {
  return `${method} ${path}`;
}

/** By code units, so that the order is the same everywhere. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
