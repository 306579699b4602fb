import { formatPlace } from '../../model/place.js';
import type { CaseResult, StreamedReport } from '../../model/report.js';
import { fitWidth } from '../../util/display-width.js';
import { printable } from '../../util/printable.js';
import { caseDetails } from '../case-texts.js';
import { digestOf, mostShown } from '../result-digest.js';
import { formatCount } from '../run-texts.js';
import { verdictOrder, verdictTexts } from '../verdict-texts.js';
import type { TerminalCanvas } from './style.js';
import { triggerText } from './trigger-text.js';

/** The first cases that did not come out as expected, and no exclusion clears: where they are written, and why. */
export function caseLines(report: StreamedReport, canvas: TerminalCanvas): readonly string[] {
  const { count, first } = digestOf(report).open;
  if (count === 0) return [];
  const title =
    (report.verification?.cleared ?? []).length === 0
      ? 'Not as expected'
      : 'Not as expected, and not cleared by the exclusions';
  const shown = verdictOrder.flatMap((kind) => first.get(kind) ?? []).slice(0, mostShown);
  const more = count - shown.length;
  return [
    canvas.style.strong(`${title} (${formatCount(count)})`),
    ...shown.flatMap((result) => resultLines(result, canvas)),
    ...(more > 0 ? [`  … and ${formatCount(more)} more (see report.html)`] : []),
  ];
}

/** A case that did not come out as expected: where it is written, and why. */
export function resultLines(result: CaseResult, { width, style }: TerminalCanvas): readonly string[] {
  const label = verdictTexts[result.verdict.kind].label.toLowerCase();
  const { minimal } = result;
  return [
    `  ${style.bad(label)}  ${printable(result.id)}  ${style.faint(printable(formatPlace(result.at)))}`,
    ...caseDetails(result).map((text) => `    ${fitWidth(printable(text), width - 4)}`),
    ...(minimal === undefined ? [] : [`    ${triggerText(minimal, width - 4)}`]),
  ];
}
