import type { StreamedReport } from '../../model/report.js';
import { printable } from '../../util/printable.js';
import { wrapText } from '../../util/wrap-text.js';
import type { DenialGroup } from '../denial-groups.js';
import { digestOf, mostShown } from '../result-digest.js';
import { formatCount, probingText } from '../run-texts.js';
import { decisiveOf, groupHeadline, suiteRemedy } from '../triage-texts.js';
import type { TerminalCanvas } from './style.js';

const longest = 1000;
const longestShown = 200;

/** Causes for which other layers than the WAF refuse several cases of a suite: one remedy each. */
export function denialLines(report: StreamedReport, canvas: TerminalCanvas): readonly string[] {
  const groups = digestOf(report).denials.filter(({ cases }) => cases > 1);
  const asked = probingText(report);
  if (groups.length === 0 && asked === undefined) return [];
  const rest = groups.length - mostShown;
  return [
    canvas.style.strong('Refused elsewhere'),
    ...groups.slice(0, mostShown).flatMap((group) => groupLines(group, canvas)),
    ...(asked === undefined
      ? []
      : wrapText(printable(`asked why: ${asked}`), canvas.width - 2).map((line) => `  ${canvas.style.faint(line)}`)),
    ...(rest > 0 ? [`  … and ${formatCount(rest)} more`] : []),
  ];
}

function groupLines(group: DenialGroup, { width, style }: TerminalCanvas): readonly string[] {
  const { fix, triage } = group;
  const shown = triage && decisiveOf(triage);
  const found = triage?.found;
  const remedy = suiteRemedy(group);
  const next = group.cause === 'unknown' ? triage?.next : undefined;
  const lines = (text: string) => wrapText(printable(text.slice(0, longest)), width - 4).map((line) => `    ${line}`);
  return [
    ...wrapText(printable(groupHeadline(group)), width - 2).map((line) => `  ${line}`),
    ...(found === undefined ? [] : lines(found)),
    ...(shown === undefined ? [] : lines(shown.says)),
    ...(shown === undefined ? [] : lines(`  ${shown.text.slice(0, longestShown)}`).map(style.faint)),
    ...(remedy === undefined ? [] : lines(`In the suite: ${remedy}`)),
    ...(fix === undefined ? [] : lines(`Fix: ${fix}`)),
    ...(next === undefined ? [] : lines(`Next: ${next}`)),
  ];
}
