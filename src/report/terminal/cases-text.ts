import { formatVariable } from '../../model/evidence.js';
import { formatPlace } from '../../model/place.js';
import type { CaseResult, StreamedReport } from '../../model/report.js';
import { fitWidth } from '../../util/display-width.js';
import { printable } from '../../util/printable.js';
import { digestOf, mostShown } from '../result-digest.js';
import { formatCount, formatRepeats } from '../run-texts.js';
import { explainExpectation, explainResult, verdictOrder, verdictTexts } from '../verdict-texts.js';
import type { TerminalCanvas } from './style.js';
import { triggerText } from './trigger-text.js';

const maxHits = 4;
const maxTextLength = 1000;

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
  const details = [answerText(result), ...repeatTexts(result), ...reasonTexts(result), ...hitTexts(result)];
  const { minimal } = result;
  return [
    `  ${style.bad(label)}  ${printable(result.id)}  ${style.faint(printable(formatPlace(result.at)))}`,
    ...details.map((text) => `    ${fitWidth(printable(text.slice(0, maxTextLength)), width - 4)}`),
    ...(minimal === undefined ? [] : [`    ${triggerText(minimal, width - 4)}`]),
  ];
}

function answerText({ request, status, verdict, score }: CaseResult): string {
  const answer = answerOf(status, verdict);
  const points = score === undefined ? '' : `, score ${score.inbound} (threshold ${score.threshold})`;
  return `${request.method} ${request.path}: ${answer}${points}`;
}

/** Where the engine alone judged, it answers what it refuses, and nobody answers the rest. */
function answerOf(status: number | undefined, { kind }: CaseResult['verdict']): string {
  if (status !== undefined) return `status ${status}`;
  return kind === 'inconclusive' ? 'no answer' : 'not refused';
}

function repeatTexts({ repeats }: CaseResult): readonly string[] {
  return repeats === undefined ? [] : [formatRepeats(repeats)];
}

function reasonTexts(result: CaseResult): readonly string[] {
  const { reason, fix } = explainResult(result);
  const expectation = explainExpectation(result);
  return [
    ...(reason === undefined ? [] : [reason]),
    ...(fix === undefined ? [] : [`Fix: ${fix}`]),
    ...(expectation === undefined ? [] : [`Expected ${expectation}`]),
  ];
}

function hitTexts({ hits }: CaseResult): readonly string[] {
  const shown = hits.slice(0, maxHits).map((hit) => {
    const shown = hit.reason ?? hit.matched;
    const said = shown === undefined ? '' : `: ${shown.slice(0, maxTextLength)}`;
    return `${hit.ruleId} in ${formatVariable(hit.variable)}${said}`;
  });
  return hits.length > maxHits ? [...shown, `and ${hits.length - maxHits} more hits`] : shown;
}
