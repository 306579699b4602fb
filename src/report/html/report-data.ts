import type { VerdictKind } from '../../model/case.js';
import type { StreamedReport } from '../../model/report.js';
import { invisiblePattern } from '../../util/printable.js';
import { scriptJson } from '../../util/safe-json.js';
import { placeholderUrl } from '../curl-command.js';
import { digestOf } from '../result-digest.js';
import { type VerdictText, verdictTexts } from '../verdict-texts.js';
import { type CaseData, viewCase } from './case-data.js';
import { tuningOfCases } from './case-tuning.js';
import { configurationFiles } from './configurations-view.js';
import { indexExclusions } from './exclusion-index.js';
import { createRuleTable, type RuleData } from './rule-table.js';

/** What the page's script gets, as JSON: cases ready to be shown. */
export interface ReportData {
  /** Source of the regular expression for characters that are to be made visible. */
  readonly invisible: string;
  readonly verdicts: Readonly<Record<VerdictKind, VerdictText>>;
  readonly rules: readonly RuleData[];
  readonly cases: readonly CaseData[];
  /** The cases of each finding, as places in `cases`; ids as an address can hold them. */
  readonly findings: readonly FindingData[];
  /** The texts of the written files, to be copied as they are. */
  readonly files: readonly string[];
}

/** A finding, as something to filter cases by. */
export interface FindingData {
  readonly id: string;
  readonly label: string;
  readonly cases: readonly number[];
}

/**
 * `ReportData` as JSON, in pieces that make up one text: a case at a time, so that a large report is never held twice.
 */
export function* writeReportData(report: StreamedReport): Generator<string> {
  const rules = createRuleTable();
  const context = {
    url: report.target.url ?? placeholderUrl,
    rules,
    limit: digestOf(report).valueLimit,
    tuningOf: tuningOfCases(report, indexExclusions(report)),
  };
  const named = new Set(report.findings.flatMap(({ cases }) => cases));
  const places = new Map<string, number>();
  let place = 0;
  yield '{"cases":[';
  for (const result of report.results) {
    yield `${place === 0 ? '' : ',\n'}${scriptJson(viewCase(result, context))}`;
    if (named.has(result.id)) places.set(result.id, place);
    place++;
  }
  const rest: Omit<ReportData, 'cases'> = {
    invisible: invisiblePattern,
    verdicts: verdictTexts,
    rules: rules.rules,
    findings: viewFindings(report, places),
    files: configurationFiles(report).map(({ content }) => content),
  };
  yield `],${scriptJson(rest).slice(1)}`;
}

function viewFindings({ findings }: StreamedReport, places: ReadonlyMap<string, number>): readonly FindingData[] {
  return findings.map((finding) => ({
    id: finding.id.toWellFormed(),
    label: `${finding.ruleId} at ${finding.method} ${finding.path}`,
    cases: finding.cases.flatMap((id) => places.get(id) ?? []),
  }));
}
