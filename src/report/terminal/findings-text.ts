import type { Minimal } from '../../model/minimal.js';
import type { StreamedReport } from '../../model/report.js';
import { displayWidth, fitWidth, padWidth } from '../../util/display-width.js';
import { printable } from '../../util/printable.js';
import { openFindings } from '../accepted.js';
import { type FindingGroup, groupFindings } from '../finding-groups.js';
import { formatCount, plural } from '../run-texts.js';
import type { TerminalCanvas } from './style.js';
import { triggerText } from './trigger-text.js';

const maxRows = 20;
const maxReasons = 3;
const maxTextLength = 1000;

interface Row {
  readonly rule: string;
  readonly variable: string;
  readonly endpoint: string;
  readonly cases: string;
  readonly reasons: readonly string[];
  readonly minimal: Minimal | undefined;
}

/** The findings under the rules that they belong to, most cases first. */
export function findingLines(report: StreamedReport, canvas: TerminalCanvas): readonly string[] {
  const rows = groupFindings({ ...report, findings: openFindings(report) }).flatMap(toRows);
  if (rows.length === 0) return [];
  const shown = rows.slice(0, maxRows);
  const more = rows.length - shown.length;
  return [
    canvas.style.strong(`Findings (${formatCount(rows.length)})`),
    ...rowLines(shown, canvas),
    ...(more > 0 ? [`  … and ${formatCount(more)} more (see report.html)`] : []),
  ];
}

function toRows({ ruleId, message, variable, findings }: FindingGroup): readonly Row[] {
  return findings.map((finding) => ({
    rule: shownText(`${ruleId} ${message}`),
    variable: shownText(variable),
    endpoint: shownText(`${finding.method} ${finding.path}`),
    cases: plural(finding.cases.length, 'case'),
    reasons: finding.reasons?.map(shownText) ?? [],
    minimal: finding.minimal,
  }));
}

function shownText(text: string): string {
  return printable(text.slice(0, maxTextLength));
}

function rowLines(rows: readonly Row[], canvas: TerminalCanvas): readonly string[] {
  const rules = new Set(rows.map(({ rule }) => rule));
  const widths = columnWidths(rows, canvas.width);
  return [...rules].flatMap((rule) => [
    `  ${fitWidth(rule, canvas.width - 2)}`,
    ...rows
      .filter((row) => row.rule === rule)
      .flatMap((row) => [
        `    ${rowText(row, widths)}`,
        ...reasonLines(row, canvas),
        ...triggerLines(row, canvas.width),
      ]),
  ]);
}

function reasonLines({ reasons }: Row, { width }: TerminalCanvas): readonly string[] {
  const more = reasons.length - maxReasons;
  return [
    ...reasons.slice(0, maxReasons).map((reason) => `      ${fitWidth(`because: ${reason}`, width - 6)}`),
    ...(more > 0 ? [`      and ${formatCount(more)} more reasons`] : []),
  ];
}

function triggerLines({ minimal }: Row, width: number): readonly string[] {
  return minimal === undefined ? [] : [`      ${triggerText(minimal, width - 6)}`];
}

type Widths = Readonly<Record<'variable' | 'endpoint' | 'cases', number>>;

function rowText(row: Row, widths: Widths): string {
  const variable = padWidth(fitWidth(row.variable, widths.variable), widths.variable);
  const endpoint = padWidth(fitWidth(row.endpoint, widths.endpoint), widths.endpoint);
  return `${variable}  ${endpoint}  ${row.cases.padStart(widths.cases)}`;
}

/** The variable and the endpoint share what is left of the line; neither takes more than it needs. */
function columnWidths(rows: readonly Row[], width: number): Widths {
  const widest = (key: keyof Widths) => Math.max(...rows.map((row) => displayWidth(row[key])));
  const cases = widest('cases');
  const room = width - 8 - cases;
  const variable = Math.min(widest('variable'), Math.max(Math.floor(room / 2), room - widest('endpoint')));
  return { variable, endpoint: Math.min(widest('endpoint'), room - variable), cases };
}
