import type { StreamedReport } from '../../model/report.js';
import { fitWidth } from '../../util/display-width.js';
import { printable } from '../../util/printable.js';
import { digestOf, mostShown } from '../result-digest.js';
import { formatCount, plural } from '../run-texts.js';
import type { TerminalCanvas } from './style.js';

const maxTextLength = 1000;

/** What stays undecided and why, summed up by what could not be decided first. */
export function undecidedLines(report: StreamedReport, { width, style }: TerminalCanvas): readonly string[] {
  const { undecided } = digestOf(report);
  if (undecided.length === 0) return [];
  const cases = undecided.reduce((sum, cause) => sum + cause.cases, 0);
  const more = undecided.length - mostShown;
  return [
    style.strong(`${plural(cases, 'case')} undecided`),
    ...undecided.slice(0, mostShown).map((cause) => {
      const text = `${formatCount(cause.cases)} by ${cause.what} (${cause.why})`;
      return `  ${style.doubtful(fitWidth(printable(text.slice(0, maxTextLength)), width - 2))}`;
    }),
    ...(more > 0 ? [`  … and by ${formatCount(more)} more (see report.json)`] : []),
  ];
}
