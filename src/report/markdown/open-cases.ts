import { formatPlace } from '../../model/place.js';
import type { CaseResult, StreamedReport } from '../../model/report.js';
import { caseHeadline } from '../case-texts.js';
import { digestOf, mostShown } from '../result-digest.js';
import { formatCount } from '../run-texts.js';
import { explainExpectation, explainResult, verdictOrder } from '../verdict-texts.js';
import { asManyLines, codeText, plainText } from './markdown-text.js';

/** The first cases that did not come out as expected, and that no exclusion clears, beside false positives, which are findings. */
export function openCases(report: StreamedReport): readonly string[] {
  const { count, first } = digestOf(report).open;
  if (count === 0) return [];
  const cases = verdictOrder.flatMap((kind) => first.get(kind) ?? []).slice(0, mostShown);
  const shown = asManyLines(cases.map(caseLine));
  const more = count - shown.length;
  return [
    `### Not as expected (${formatCount(count)})`,
    '',
    ...shown,
    ...(more > 0 ? [`- … and ${formatCount(more)} more`] : []),
  ];
}

function caseLine(result: CaseResult): string {
  const { fix } = explainResult(result);
  const expected = explainExpectation(result);
  const notes = [
    ...(fix === undefined ? [] : [`Fix: ${fix}`]),
    ...(expected === undefined ? [] : [`Expected ${expected}`]),
  ];
  const texts = [caseHeadline(result), ...notes].map(plainText).join('. ');
  return `- ${codeText(result.id)} (${codeText(formatPlace(result.at))}): ${texts}`;
}
