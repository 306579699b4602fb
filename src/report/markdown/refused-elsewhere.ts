import type { StreamedReport } from '../../model/report.js';
import type { DenialGroup } from '../denial-groups.js';
import { digestOf, mostShown } from '../result-digest.js';
import { formatCount } from '../run-texts.js';
import { groupHeadline, suiteRemedy } from '../triage-texts.js';
import { asManyLines, codeText, plainText } from './markdown-text.js';

/** What other layers than the WAF refuse for one reason, with what shows it and one remedy each. */
export function refusedElsewhere(report: StreamedReport): readonly string[] {
  const { denials } = digestOf(report);
  if (denials.length === 0) return [];
  const shown = asManyLines(denials.slice(0, mostShown).map((group) => groupLines(group).join('\n')));
  const more = denials.length - shown.length;
  return [
    `### Refused, and not by the WAF's log`,
    '',
    ...shown,
    ...(more > 0 ? [`- … and ${formatCount(more)} more`] : []),
  ];
}

function groupLines(group: DenialGroup): readonly string[] {
  const { fix, triage } = group;
  const { evidence = [], next } = triage ?? {};
  const remedy = suiteRemedy(group);
  const headline = groupHeadline(group);
  return [
    `- **${plainText(`${headline.slice(0, 1).toUpperCase()}${headline.slice(1)}`)}**`,
    ...evidence.slice(0, mostEvidence).map(({ says, text }) => `  - ${plainText(says)}: ${codeText(text)}`),
    ...(remedy === undefined ? [] : [`  - In the suite: ${plainText(remedy)}`]),
    ...(fix === undefined ? [] : [`  - Fix: ${plainText(fix)}`]),
    ...(group.cause === 'unknown' && next !== undefined ? [`  - Next: ${plainText(next)}`] : []),
  ];
}

const mostEvidence = 6;
