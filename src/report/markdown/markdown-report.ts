import { formatVariable } from '../../model/evidence.js';
import type { Exclusion } from '../../model/exclusion.js';
import type { Finding, StreamedReport } from '../../model/report.js';
import { baselineTexts, openFindings } from '../accepted.js';
import { answerSentences, decisionSentences } from '../decision-texts.js';
import { exclusionText, lossText, widthText } from '../exclusion-texts.js';
import { historyTexts } from '../history-texts.js';
import { otherEngineText } from '../proof-engine.js';
import { formatCount, formatDuration, plural, wafFacts, warningTexts } from '../run-texts.js';
import { verdictOrder, verdictTexts } from '../verdict-texts.js';
import { configurationSections } from './configuration-sections.js';
import { codeText, plainText, shortTable, table } from './markdown-text.js';
import { openCases } from './open-cases.js';
import { refusedElsewhere } from './refused-elsewhere.js';

const maxRows = 30;
/** GitHub takes 65,536 characters in a pull request and in a comment. */
const maxLength = 60_000;

/** The report as a page of Markdown, short enough for a pull request: sections at its end are left out where it would be longer. */
export function markdownText(report: StreamedReport): string {
  const sections = [
    head(report),
    verdictTable(report),
    baselineList(report),
    historyList(report),
    exclusionTable(report),
    refusedTable(report),
    findingTable(report),
    refusedElsewhere(report),
    openCases(report),
    ...configurationSections(report),
  ].filter((lines) => lines.length > 0);
  return joined(sections, footer(report));
}

function joined(sections: readonly (readonly string[])[], end: string): string {
  const kept: string[] = [];
  let length = end.length;
  for (const section of sections.map((lines) => `${lines.join('\n')}\n`)) {
    length += section.length + 1;
    if (length <= maxLength) kept.push(section);
  }
  const isCut = kept.length < sections.length;
  return [
    ...kept,
    ...(isCut ? [`What is longer than this page may be is in the folder of the report.\n`] : []),
    end,
  ].join('\n');
}

function head(report: StreamedReport): readonly string[] {
  const answer = [...answerSentences(report), ...decisionSentences(report)].map(plainText);
  const [first = 'No case was run.', ...others] = answer;
  return [
    '## Web application firewall',
    '',
    [`**${first}**`, ...others].join(' '),
    ...warningTexts(report).flatMap((text) => ['', `> ${plainText(text)}`]),
  ];
}

function verdictTable({ summary }: StreamedReport): readonly string[] {
  const kinds = verdictOrder.filter((kind) => (summary.verdicts[kind] ?? 0) > 0);
  if (kinds.length === 0) return [];
  return table(
    ['cases', 'verdict', 'meaning'],
    kinds.map((kind) => [
      formatCount(summary.verdicts[kind] ?? 0),
      verdictTexts[kind].label,
      verdictTexts[kind].meaning,
    ]),
  );
}

function baselineList(report: StreamedReport): readonly string[] {
  const lines = baselineTexts(report).map(({ text }) => `- ${plainText(text)}`);
  return lines.length === 0 ? [] : ['### Baseline', '', ...lines];
}

function historyList(report: StreamedReport): readonly string[] {
  const lines = historyTexts(report).map((text) => `- ${plainText(text)}`);
  return lines.length === 0 ? [] : ['### History', '', ...lines];
}

function findingTable(report: StreamedReport): readonly string[] {
  const findings = openFindings(report);
  if (findings.length === 0) return [];
  const rows = findings.slice(0, maxRows).map(findingRow);
  return [
    `### ${plural(findings.length, 'finding')}`,
    '',
    ...shortTable(['cases', 'rule', 'field', 'endpoint', 'trigger'], rows, findings.length),
  ];
}

function findingRow({ cases, ruleId, message, variable, method, path, minimal }: Finding): readonly string[] {
  return [
    formatCount(cases.length),
    `${codeText(`${ruleId}`)} ${plainText(message)}`,
    codeText(formatVariable(variable)),
    codeText(`${method} ${path}`),
    codeText(minimal?.value ?? ''),
  ];
}

function exclusionTable(report: StreamedReport): readonly string[] {
  const { exclusions = [], verification } = report;
  if (exclusions.length === 0) return [];
  const rows = exclusions.slice(0, maxRows).map(exclusionRow);
  const other = otherEngineText(report);
  return [
    `### ${plural(exclusions.length, 'exclusion')}`,
    '',
    ...(verification === undefined ? [] : [`Proved on ${plainText(verification.engine)}.`, '']),
    ...(other === undefined ? [] : [`${plainText(other)}.`, '']),
    ...shortTable(['what is excluded', 'rules', 'attacks let through', 'note'], rows, exclusions.length),
  ];
}

function exclusionRow(one: Exclusion): readonly string[] {
  return [
    codeText(exclusionText(one)),
    codeText(one.ruleIds.join(', ')),
    plainText(lossText(one)),
    plainText([widthText(one), one.widerBecause ?? ''].filter((text) => text !== '').join(': ')),
  ];
}

function refusedTable({ verification }: StreamedReport): readonly string[] {
  const { refused = [] } = verification ?? {};
  if (refused.length === 0) return [];
  const rows = refused
    .slice(0, maxRows)
    .map(({ exclusion, reason }) => [codeText(exclusionText(exclusion)), plainText(reason)]);
  return [
    `### Refused (${formatCount(refused.length)})`,
    '',
    ...shortTable(['what would be excluded', 'why it is not'], rows, refused.length),
  ];
}

function footer({ tool, target, summary, durationMs }: StreamedReport): string {
  const facts = wafFacts(target).map(({ label, value }) =>
    /^\d+$/.test(value) ? `${label.toLowerCase()} ${value}` : value,
  );
  const run = `${tool.name} ${tool.version}: ${plural(summary.cases, 'case')} on ${target.name} in ${formatDuration(durationMs)}`;
  return `<sub>${plainText([run, ...facts].join(' · '))}</sub>\n`;
}
