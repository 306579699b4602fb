import type { RuleId } from '../../../model/evidence.js';
import type { Finding } from '../../../model/report.js';
import { groupBy } from '../../../util/group-by.js';

/** Rules against endpoints: how many cases each rule refused where. */
export interface MatrixData {
  /** Most cases first. */
  readonly rules: readonly MatrixSide[];
  readonly endpoints: readonly MatrixSide[];
  readonly cells: readonly MatrixCell[];
  /** What is beyond the limits. */
  readonly moreRules: number;
  readonly moreEndpoints: number;
}

/** A rule or an endpoint. */
export interface MatrixSide {
  readonly name: string;
  readonly cases: number;
}

/** Where a rule met an endpoint. */
export interface MatrixCell {
  readonly rule: string;
  readonly endpoint: string;
  readonly message: string;
  /** Distinct cases. */
  readonly cases: number;
  /** The first of its findings. */
  readonly finding: string;
}

/** How much of a matrix is shown. */
export interface MatrixLimits {
  readonly rules: number;
  readonly endpoints: number;
}

/** The rules and endpoints with most cases, and what each pair of them comes to: once for each of several limits. */
export function matricesOf(findings: readonly Finding[], limits: readonly MatrixLimits[]): readonly MatrixData[] {
  const rules = sides(findings, ({ ruleId }) => ruleName(ruleId));
  const endpoints = sides(findings, endpointName);
  return limits.map((one) => cutMatrix(findings, one, { rules, endpoints }));
}

function cutMatrix(
  findings: readonly Finding[],
  limits: MatrixLimits,
  { rules, endpoints }: Pick<MatrixData, 'rules' | 'endpoints'>,
): MatrixData {
  const topRules = new Set(rules.slice(0, limits.rules).map(({ name }) => name));
  const topEndpoints = new Set(endpoints.slice(0, limits.endpoints).map(({ name }) => name));
  const inside = findings.filter((one) => topRules.has(ruleName(one.ruleId)) && topEndpoints.has(endpointName(one)));
  const pairs = groupBy(inside, (one) => JSON.stringify([ruleName(one.ruleId), endpointName(one)]));
  const cells = [...pairs.values()].flatMap(toCell);
  // A rule may have its cases at many endpoints of which none is among the first.
  const metRules = new Set(cells.map(({ rule }) => rule));
  const metEndpoints = new Set(cells.map(({ endpoint }) => endpoint));
  const shownRules = rules.filter(({ name }) => metRules.has(name));
  const shownEndpoints = endpoints.filter(({ name }) => metEndpoints.has(name));
  return {
    rules: shownRules,
    endpoints: shownEndpoints,
    cells,
    moreRules: rules.length - shownRules.length,
    moreEndpoints: endpoints.length - shownEndpoints.length,
  };
}

function ruleName(id: RuleId): string {
  return `${id}`;
}

function endpointName({ method, path }: Finding): string {
  return `${method} ${path}`;
}

function sides(findings: readonly Finding[], nameOf: (finding: Finding) => string): readonly MatrixSide[] {
  return [...groupBy(findings, nameOf)]
    .map(([name, own]) => ({ name, cases: distinctCases(own) }))
    .sort((a, b) => b.cases - a.cases || (a.name < b.name ? -1 : 1));
}

function toCell(findings: readonly Finding[]): readonly MatrixCell[] {
  const [first] = findings;
  if (first === undefined) return [];
  const { ruleId, message, id } = first;
  return [
    {
      rule: ruleName(ruleId),
      endpoint: endpointName(first),
      message,
      cases: distinctCases(findings),
      finding: id,
    },
  ];
}

function distinctCases(findings: readonly Finding[]): number {
  const [first, ...others] = findings;
  if (first === undefined || others.length === 0) return first?.cases.length ?? 0;
  const distinct = new Set(first.cases);
  for (const { cases } of others) for (const id of cases) distinct.add(id);
  return distinct.size;
}
