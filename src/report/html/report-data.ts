import type { VerdictKind } from '../../model/case.js';
import type { StreamedReport } from '../../model/report.js';
import { invisiblePattern } from '../../util/printable.js';
import type { ChoiceData } from '../choice/choice-data.js';
import { gatherChoice } from '../choice/gather-choice.js';
import { placeholderUrl } from '../curl-command.js';
import { digestOf } from '../result-digest.js';
import { type VerdictText, verdictTexts } from '../verdict-texts.js';
import { CasePacker, type PackedCases } from './case-chunks.js';
import type { RowTables } from './case-row.js';
import { tuningOfCases } from './case-tuning.js';
import { configurationFiles } from './configurations-view.js';
import { indexExclusions } from './exclusion-index.js';
import { createRuleTable, type RuleData } from './rule-table.js';

/** What the page's script gets first, beside the rows: all but what only the details of a case show. */
export interface ReportData {
  /** Source of the regular expression for characters that are to be made visible. */
  readonly invisible: string;
  /** Where the commands that repeat a request send it. */
  readonly url: string;
  /** The most characters that the page holds of one value. */
  readonly limit: number;
  readonly verdicts: Readonly<Record<VerdictKind, VerdictText>>;
  readonly rules: readonly RuleData[];
  readonly tables: RowTables<readonly string[]>;
  /** How many cases each chunk of cases holds. */
  readonly chunks: readonly number[];
  /** The cases of each finding, as places among all; ids as an address can hold them. */
  readonly findings: readonly FindingData[];
  /** The texts of the written files, to be copied as they are. */
  readonly files: readonly string[];
  /** What can be chosen of the exclusions. */
  readonly choice?: ChoiceData;
  /** What is put into the page when it comes into view. */
  readonly cards: PageCards;
}

/** Parts of the page that are many, as the templates rendered them. */
export interface PageCards {
  /** A rule on a field each, those with most cases first. */
  readonly findings: readonly FindingCard[];
  /** The exclusions of an endpoint each. */
  readonly exclusions: readonly ExclusionCard[];
}

/** What a rule did to a field. */
export interface FindingCard {
  readonly html: string;
  readonly rule: string;
  readonly variable: string;
  /** `POST /api/comments`, one for each finding. */
  readonly endpoints: readonly string[];
  /** Its findings, as places in `ReportData.findings`. */
  readonly findings: readonly number[];
}

/** What is excluded at an endpoint. */
export interface ExclusionCard {
  readonly html: string;
  /** The addresses in it, without their `#`. */
  readonly anchors: readonly string[];
}

/** A finding, as something to filter cases by. */
export interface FindingData {
  readonly id: string;
  readonly label: string;
  readonly cases: readonly number[];
}

/** A piece of what a page holds of a report. There is one of each kind but of `cases` and `rows`. */
export interface DataPart {
  /**
   * - `cases`, `rows`: JSON of some of them, in their order.
   * - `shared`: what the pieces of `cases` have in common.
   * - `report`: JSON of the rest (`ReportData`).
   */
  readonly kind: PackedCases['kind'] | 'shared' | 'report';
  readonly text: string;
}

/**
 * Packs a report for the page: a case at a time, so that a large report is never held twice.
 *
 * @param cards renders what the page shows of findings and exclusions
 */
export function* writeReportData(report: StreamedReport, cards: () => PageCards): Generator<DataPart> {
  const rules = createRuleTable();
  const url = report.target.url ?? placeholderUrl;
  const limit = digestOf(report).valueLimit;
  const named = new Set(report.findings.flatMap(({ cases }) => cases));
  const tuningOf = tuningOfCases(report, indexExclusions(report));
  const packer = new CasePacker({ url, rules, limit, tuningOf }, named);
  yield* packer.pack(report.results);
  yield { kind: 'shared', text: packer.shared };
  const choice = gatherChoice(report);
  const rest: ReportData = {
    invisible: invisiblePattern,
    url,
    limit,
    verdicts: verdictTexts,
    rules: rules.rules,
    tables: packer.tables,
    chunks: packer.sizes,
    findings: viewFindings(report, packer),
    files: configurationFiles(report).map(({ content }) => content),
    ...(choice !== undefined && { choice }),
    cards: cards(),
  };
  yield { kind: 'report', text: JSON.stringify(rest) };
}

function viewFindings({ findings }: StreamedReport, packer: CasePacker): readonly FindingData[] {
  return findings.map((finding) => ({
    id: finding.id.toWellFormed(),
    label: `${finding.ruleId} at ${finding.method} ${finding.path}`,
    cases: finding.cases.flatMap((id) => packer.placeOf(id) ?? []),
  }));
}
