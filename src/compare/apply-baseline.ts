import { type BaselineEntry, type BaselineOutcome, unexpectedId } from '../model/baseline.js';
import { formatVariable } from '../model/evidence.js';
import type { CaseResult, Finding, StreamedReport } from '../model/report.js';

/** Something that did not come out as expected, and the cases in which it was seen. */
export interface Unexpected {
  readonly id: string;
  readonly what: string;
  readonly cases: readonly string[];
}

/** What did not come out as expected: findings, then cases that have none. */
export function unexpectedOf({ findings, results }: StreamedReport): readonly Unexpected[] {
  const found = new Set(findings.flatMap(({ cases }) => cases));
  const blocked = new Set<string>();
  const alone: Unexpected[] = [];
  for (const result of results) {
    if (result.asExpected) continue;
    if (found.has(result.id)) blocked.add(result.id);
    else alone.push({ id: unexpectedId(result), what: describe(result), cases: [result.id] });
  }
  return [...findings.flatMap((finding) => ofFinding(finding, blocked)), ...alone];
}

function ofFinding(finding: Finding, blocked: ReadonlySet<string>): readonly Unexpected[] {
  const cases = finding.cases.filter((id) => blocked.has(id));
  const { id, ruleId, variable, method, path } = finding;
  const what = `rule ${ruleId} blocks ${formatVariable(variable)} at ${method} ${path}`;
  return cases.length === 0 ? [] : [{ id, what, cases }];
}

function describe({ id, verdict }: CaseResult): string {
  return `${verdict.kind}: ${id}`;
}

/**
 * A report with what a baseline says of it. A case is accepted where all that speaks against it is. An entry that was not
 * seen is told only where all cases were run: else it says nothing.
 * @param entries of the baseline; of two with one id the last counts
 */
export function applyBaseline<R extends StreamedReport>(report: R, entries: readonly BaselineEntry[], file: string): R {
  const unexpected = unexpectedOf(report);
  const seen = new Set(unexpected.map(({ id }) => id));
  const known = [...new Map(entries.map((entry) => [entry.id, entry])).values()];
  const today = report.startedAt.slice(0, 10);
  const accepted = known.filter((entry) => seen.has(entry.id) && !isExpired(entry, today));
  const cases = acceptedCases(unexpected, new Set(accepted.map(({ id }) => id)));
  const outcome: BaselineOutcome = {
    file,
    accepted,
    expired: known.filter((entry) => seen.has(entry.id) && isExpired(entry, today)),
    unseen: isWhole(report) ? known.filter(({ id }) => !seen.has(id)) : [],
    cases,
  };
  return { ...report, baseline: outcome, summary: { ...report.summary, accepted: cases.length } };
}

/** Whether nothing was left out of a run. */
export function isWhole({ selection, interrupted }: Pick<StreamedReport, 'selection' | 'interrupted'>): boolean {
  return selection === undefined && interrupted === undefined;
}

function isExpired({ expires }: BaselineEntry, today: string): boolean {
  return expires !== undefined && expires < today;
}

function acceptedCases(unexpected: readonly Unexpected[], accepted: ReadonlySet<string>): readonly string[] {
  const open = new Set(unexpected.filter(({ id }) => !accepted.has(id)).flatMap(({ cases }) => cases));
  const cases = new Set(unexpected.flatMap((one) => one.cases));
  return [...cases].filter((id) => !open.has(id));
}
