import type { StreamedReport } from '../../model/report.js';
import { fitWidth } from '../../util/display-width.js';
import { printable } from '../../util/printable.js';
import type { DenialGroup } from '../denial-groups.js';
import { digestOf, mostShown } from '../result-digest.js';
import { formatCount, plural } from '../run-texts.js';
import { causeName, layerName } from '../triage-texts.js';
import type { TerminalCanvas } from './style.js';

const longest = 1000;

/** Causes for which other layers than the WAF refuse several cases of a suite: one remedy each. */
export function denialLines(report: StreamedReport, { width, style }: TerminalCanvas): readonly string[] {
  const { denials } = digestOf(report);
  if (denials.length === 0) return [];
  const rest = denials.length - mostShown;
  return [
    style.strong('Refused elsewhere'),
    ...denials
      .slice(0, mostShown)
      .flatMap((group) => [
        `  ${fitWidth(printable(headOf(group)), width - 2)}`,
        ...(group.fix === undefined
          ? []
          : [`    ${fitWidth(printable(`Fix: ${group.fix.slice(0, longest)}`), width - 4)}`]),
      ]),
    ...(rest > 0 ? [`  … and ${formatCount(rest)} more`] : []),
  ];
}

/** `all 40 cases of Orders: CSRF, by the application` */
function headOf({ suite, layer, cause, cases, ofSuite }: DenialGroup): string {
  const many =
    cases === ofSuite ? `all ${plural(cases, 'case')}` : `${formatCount(cases)} of ${plural(ofSuite, 'case')}`;
  const who = layer === 'unknown' ? '' : `, by ${layerName(layer)}`;
  return `${many} of ${suite}: ${cause === 'unknown' ? 'refused, nobody says why' : causeName(cause)}${who}`;
}
