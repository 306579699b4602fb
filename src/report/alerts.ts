import { unexpectedId } from '../model/baseline.js';
import { formatVariable } from '../model/evidence.js';
import type { Place } from '../model/place.js';
import type { CaseResult, Finding, StreamedReport } from '../model/report.js';
import { printable } from '../util/printable.js';
import { openFindings } from './accepted.js';
import { caseDetails, caseHeadline, maxTextLength } from './case-texts.js';
import { plural } from './run-texts.js';
import { verdictTexts } from './verdict-texts.js';

/** What a CI system shows at a line of a suite: a finding, or a case that has none and did not come out as expected. */
export interface Alert {
  /** Stable across runs. */
  readonly id: string;
  /** The rule that is to blame, or the verdict. */
  readonly kind: string;
  readonly level: 'error' | 'warning';
  /** One line. */
  readonly title: string;
  /** Lines, each a text as it came. */
  readonly details: readonly string[];
  readonly at: Place;
  /** Further cases of the finding. */
  readonly others: readonly Place[];
  readonly finding?: Finding;
}

const maxOthers = 100;
const maxReasons = 3;

/** All that did not come out as expected and no baseline accepts: findings, most cases first, then cases that have none. */
export function alertsOf(report: StreamedReport): readonly Alert[] {
  const ofFindings = new Set(report.findings.flatMap(({ cases }) => cases));
  const accepted = new Set(report.baseline?.cases);
  const unexpected = new Map<string, Place>();
  const alone: Alert[] = [];
  for (const result of report.results) {
    if (result.asExpected) continue;
    if (ofFindings.has(result.id)) unexpected.set(result.id, result.at);
    else if (!accepted.has(result.id)) alone.push(alertOfCase(result));
  }
  return [...openFindings(report).flatMap((finding) => alertOfFinding(finding, unexpected)), ...alone];
}

function alertOfFinding(finding: Finding, unexpected: ReadonlyMap<string, Place>): readonly Alert[] {
  const ids = finding.cases.filter((id) => unexpected.has(id));
  const [at, ...others] = ids.flatMap((id) => unexpected.get(id) ?? []);
  if (at === undefined) return [];
  return [
    {
      id: finding.id,
      kind: `${finding.ruleId}`.slice(0, maxTextLength),
      level: 'error',
      title: findingTitle(finding),
      details: findingDetails(finding, ids),
      at,
      others: others.slice(0, maxOthers),
      finding,
    },
  ];
}

/** `Rule 942100 blocks ARGS:comment at POST /api/comments`. */
function findingTitle({ ruleId, variable, method, path }: Finding): string {
  return printable(`Rule ${ruleId} blocks ${formatVariable(variable)} at ${method} ${path}`.slice(0, maxTextLength));
}

function findingDetails({ message, reasons = [], minimal }: Finding, ids: readonly string[]): readonly string[] {
  const [first = ''] = ids;
  const cases = ids.length === 1 ? first : `${plural(ids.length, 'legitimate case')}, such as ${first}`;
  return [
    message,
    `Blocked: ${cases}`,
    ...reasons.slice(0, maxReasons).map((reason) => `Because: ${reason}`),
    ...(minimal === undefined ? [] : [`Trigger: ${minimal.value}`]),
  ].map((text) => text.slice(0, maxTextLength));
}

function alertOfCase(result: CaseResult): Alert {
  const { kind } = result.verdict;
  const { tone } = verdictTexts[kind];
  return {
    id: unexpectedId(result),
    kind,
    level: tone === 'bad' || tone === 'missed' ? 'error' : 'warning',
    title: caseHeadline(result),
    details: [`Case: ${result.id}`, ...caseDetails(result)],
    at: result.at,
    others: [],
  };
}
