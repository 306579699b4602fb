import type { FieldNames } from '../contract/field-names.js';
import { formatVariable, type RuleHit } from '../model/evidence.js';
import type { Exclusion, Verification } from '../model/exclusion.js';
import type { Minimal } from '../model/minimal.js';
import type { CaseResult, Finding, ReportHead, RunReport, StreamedReport } from '../model/report.js';
import { generaliseField } from '../request/field-paths.js';
import { locateHits } from './locate-hits.js';

/** The report with the field of each variable, where it does not say it yet. */
export function withFields(report: RunReport, names: FieldNames): RunReport {
  const results = report.results.map((result) => locateResult(result, names));
  return { ...headWithFields(report, results, names), results };
}

/** The same for results that are read again each time; those of findings alone are kept, and of each finding the first. */
export function withFieldsInStream(report: StreamedReport, names: FieldNames): StreamedReport {
  const results = { [Symbol.iterator]: () => located(report.results, names) };
  const wanted = new Set(report.findings.filter(lacksField).flatMap(({ cases }) => cases.slice(0, mostLookedAt)));
  const known = wanted.size === 0 ? [] : pick(located(report.results, names), wanted);
  return { ...headWithFields(report, known, names), results };
}

/** How many cases of a finding are looked through for its field. */
const mostLookedAt = 20;

function pick(results: Iterable<CaseResult>, ids: ReadonlySet<string>): readonly CaseResult[] {
  const picked: CaseResult[] = [];
  for (const result of results) if (ids.has(result.id)) picked.push(result);
  return picked;
}

function lacksField({ field }: Finding): boolean {
  return field === undefined;
}

function* located(results: Iterable<CaseResult>, names: FieldNames): Generator<CaseResult, void, undefined> {
  for (const result of results) yield locateResult(result, names);
}

function headWithFields(report: ReportHead, results: readonly CaseResult[], names: FieldNames): ReportHead {
  const byId = new Map(results.map((result) => [result.id, result]));
  const { exclusions, verification } = report;
  return {
    ...report,
    findings: report.findings.map((finding) => {
      const cases = finding.cases.flatMap((id) => byId.get(id) ?? []);
      return locateFinding(finding, cases, names);
    }),
    ...(exclusions && { exclusions: exclusions.map((one) => nameElements(one, names)) }),
    ...(verification && { verification: locateLeft(verification, results, names) }),
  };
}

function locateResult(result: CaseResult, names: FieldNames): CaseResult {
  const { hits, request, minimal } = result;
  const located = hits.every(({ field }) => field !== undefined) ? hits : locateHits(hits, names.fieldsIn(request));
  return { ...result, hits: located, ...(minimal && { minimal: locateMinimal(minimal, names) }) };
}

function locateMinimal(minimal: Minimal, names: FieldNames): Minimal {
  if (minimal.field !== undefined) return minimal;
  const field = names.fieldsIn(minimal.request)(minimal.variable);
  return field === undefined ? minimal : { ...minimal, field };
}

function locateFinding(finding: Finding, cases: readonly CaseResult[], names: FieldNames): Finding {
  const { minimal } = finding;
  const located = locate(finding, cases, names);
  return minimal === undefined ? located : { ...located, minimal: locateMinimal(minimal, names) };
}

function locateLeft(verification: Verification, cases: readonly CaseResult[], names: FieldNames): Verification {
  const { leftInForce } = verification;
  if (leftInForce === undefined) return verification;
  return { ...verification, leftInForce: leftInForce.map((one) => locate(one, cases, names)) };
}

type Seen = Pick<RuleHit, 'ruleId' | 'variable' | 'field'>;

/** Where the rule was seen in that variable; any element where the variable is the name for all of them. */
function locate<T extends Seen>(one: T, cases: readonly CaseResult[], { generalise }: FieldNames): T {
  if (one.field !== undefined) return one;
  const name = formatVariable(one.variable);
  for (const { ruleId, variable, field } of cases.flatMap(({ hits }) => hits)) {
    if (ruleId !== one.ruleId || field === undefined) continue;
    if (formatVariable(variable) === name) return { ...one, field };
    if (formatVariable(generalise(variable)) === name) return { ...one, field: generaliseField(field) };
  }
  return one;
}

function nameElements(exclusion: Exclusion, { elementsOf }: FieldNames): Exclusion {
  if (exclusion.effect !== 'remove-target' || exclusion.elements === undefined) return exclusion;
  return { ...exclusion, elementVariables: elementsOf(exclusion.variable, exclusion.elements) };
}
