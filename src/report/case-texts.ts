import { formatVariable, hitsToBlame, type RuleHit } from '../model/evidence.js';
import type { CaseResult } from '../model/report.js';
import { printable } from '../util/printable.js';
import { formatRepeats } from './run-texts.js';
import { explainExpectation, explainResult, verdictTexts } from './verdict-texts.js';

const maxHits = 4;
/** The most characters of one text in formats for machines, whose readers show no more, or refuse larger files. */
export const maxTextLength = 1000;

/**
 * What came out of a case, line by line: its answer, how often, why, and the first hits. Each is a text as it came, of at most
 * a thousand characters.
 */
export function caseDetails(result: CaseResult): readonly string[] {
  const details = [answerText(result), ...repeatTexts(result), ...reasonTexts(result), ...hitTexts(result)];
  return details.map((text) => text.slice(0, maxTextLength));
}

/** The verdict, and what is to blame: `False positive: rule 942100 in ARGS:comment, SQL Injection Attack …`. */
export function caseHeadline(result: CaseResult): string {
  const { label } = verdictTexts[result.verdict.kind];
  const [hit] = hitsToBlame(result.hits);
  const { reason } = explainResult(result);
  const cause = hit !== undefined && reason === undefined ? blameText(hit) : reason;
  return printable(cause === undefined ? label : `${label}: ${cause.slice(0, maxTextLength)}`);
}

function blameText({ ruleId, variable, message }: RuleHit): string {
  return `rule ${ruleId} in ${formatVariable(variable)}, ${message}`;
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
    const matched = hit.reason ?? hit.matched;
    const said = matched === undefined ? '' : `: ${matched.slice(0, maxTextLength)}`;
    return `${hit.ruleId} in ${formatVariable(hit.variable)}${said}`;
  });
  return hits.length > maxHits ? [...shown, `and ${hits.length - maxHits} more hits`] : shown;
}
