import { formatVariable } from '../../model/evidence.js';
import { formatPlace } from '../../model/place.js';
import type { CaseResult, RunReport } from '../../model/report.js';
import { fitWidth } from '../../util/display-width.js';
import { printable } from '../../util/printable.js';
import { formatCount, formatRepeats } from '../run-texts.js';
import { explainExpectation, explainResult, verdictOrder, verdictTexts } from '../verdict-texts.js';
import type { TerminalCanvas } from './style.js';
import { triggerText } from './trigger-text.js';

const maxCases = 10;
const maxHits = 4;
const maxTextLength = 1000;

/** The first cases that did not come out as expected, and no exclusion clears: where they are written, and why. */
export function caseLines(report: RunReport, canvas: TerminalCanvas): readonly string[] {
  const cleared = new Set(report.verification?.cleared);
  const unexpected = report.results.filter(({ id, asExpected }) => !asExpected && !cleared.has(id));
  if (unexpected.length === 0) return [];
  const title = cleared.size === 0 ? 'Not as expected' : 'Not as expected, and not cleared by the exclusions';
  const more = unexpected.length - maxCases;
  return [
    canvas.style.strong(`${title} (${formatCount(unexpected.length)})`),
    ...unexpected
      .toSorted(byUrgency)
      .slice(0, maxCases)
      .flatMap((result) => linesOf(result, canvas)),
    ...(more > 0 ? [`  … and ${formatCount(more)} more (see report.html)`] : []),
  ];
}

function byUrgency(a: CaseResult, b: CaseResult): number {
  return verdictOrder.indexOf(a.verdict.kind) - verdictOrder.indexOf(b.verdict.kind);
}

function linesOf(result: CaseResult, { width, style }: TerminalCanvas): readonly string[] {
  const label = verdictTexts[result.verdict.kind].label.toLowerCase();
  const details = [answerText(result), ...repeatTexts(result), ...reasonTexts(result), ...hitTexts(result)];
  const { minimal } = result;
  return [
    `  ${style.bad(label)}  ${printable(result.id)}  ${style.faint(printable(formatPlace(result.at)))}`,
    ...details.map((text) => `    ${fitWidth(printable(text.slice(0, maxTextLength)), width - 4)}`),
    ...(minimal === undefined ? [] : [`    ${triggerText(minimal, width - 4)}`]),
  ];
}

function answerText({ request, status, score }: CaseResult): string {
  const answer = status === undefined ? 'no answer' : `status ${status}`;
  const points = score === undefined ? '' : `, score ${score.inbound} (threshold ${score.threshold})`;
  return `${request.method} ${request.path}: ${answer}${points}`;
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
