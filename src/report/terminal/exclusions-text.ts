import type { Exclusion } from '../../model/exclusion.js';
import type { StreamedReport } from '../../model/report.js';
import { printable } from '../../util/printable.js';
import { wrapText } from '../../util/wrap-text.js';
import { costliest, isWider } from '../exclusion-groups.js';
import { exclusionText, extentText, lossText, scopeText } from '../exclusion-texts.js';
import { otherEngineText } from '../proof-engine.js';
import { formatCount, plural } from '../run-texts.js';
import { fitText } from './fit.js';
import { proofLines } from './proof-text.js';
import type { TerminalCanvas } from './style.js';

const maxWider = 5;
const maxCostly = 3;
const maxGenerated = 5;
const maxRules = 8;

function otherEngineLines(report: StreamedReport, { width, style }: TerminalCanvas): readonly string[] {
  const text = otherEngineText(report);
  return text === undefined
    ? []
    : wrapText(printable(text), width - 2).map((line) => `  ${style.doubtful(fitText(line, width - 2))}`);
}

/** What `tune` found: how wide it is, what it clears, and what it costs. */
export function exclusionLines(report: StreamedReport, canvas: TerminalCanvas): readonly string[] {
  const { exclusions, verification } = report;
  if (exclusions === undefined) return [];
  const { style } = canvas;
  return [
    style.strong(`Exclusions (${formatCount(exclusions.length)})`),
    ...(exclusions.length === 0 ? [] : [`  ${extentText(exclusions)}`]),
    ...(verification === undefined
      ? [style.doubtful('  not verified on an engine')]
      : proofLines(verification, canvas)),
    ...otherEngineLines(report, canvas),
    ...unreadLines(exclusions, canvas),
    ...generatedLines(exclusions, canvas),
    ...widerLines(
      exclusions.filter((one) => isWider(one) && one.effect !== 'leave-body-unread'),
      canvas,
    ),
    ...costLines(report, canvas),
  ];
}

/** Where something is not looked at any more, every endpoint is named. */
function unreadLines(exclusions: readonly Exclusion[], { width, style }: TerminalCanvas): readonly string[] {
  const unread = exclusions.filter(({ effect }) => effect === 'leave-body-unread');
  if (unread.length === 0) return [];
  return [
    `  ${style.bad('No longer looked at when it cannot be parsed: the body of')}`,
    ...unread.map((one) => `    ${fitText(`${scopeText(one.scope)} (${lossText(one)})`, width - 4)}`),
  ];
}

/** Names that exclusions take as they are, though the next request will have another one. */
function generatedLines(exclusions: readonly Exclusion[], { width, style }: TerminalCanvas): readonly string[] {
  const names = [...new Set(exclusions.flatMap(({ looksGenerated = [] }) => looksGenerated))];
  if (names.length === 0) return [];
  const more = names.length - maxGenerated;
  return [
    `  ${style.doubtful('Looks generated, and is excluded as it is: the next one will be blocked:')}`,
    ...names.slice(0, maxGenerated).map((name) => `    ${fitText(name, width - 4)}`),
    ...(more > 0 ? [`    … and ${formatCount(more)} more (see report.html)`] : []),
  ];
}

function widerLines(wider: readonly Exclusion[], { width, style }: TerminalCanvas): readonly string[] {
  if (wider.length === 0) return [];
  const more = wider.length - maxWider;
  return [
    `  ${style.doubtful('Wider than a field at one endpoint:')}`,
    ...wider
      .slice(0, maxWider)
      .flatMap((exclusion) => [
        `    ${fitText(exclusionText(exclusion), width - 4)}`,
        `      ${fitText(whyWider(exclusion), width - 6)}`,
      ]),
    ...(more > 0 ? [`    … and ${formatCount(more)} more (see report.html)`] : []),
  ];
}

/** The rules and the reason, which may name the rule itself. */
function whyWider(exclusion: Exclusion): string {
  const { widerBecause = 'no reason is given' } = exclusion;
  const rules = ruleText(exclusion);
  return widerBecause.startsWith(`${rules} `) ? widerBecause : `${rules}: ${widerBecause}`;
}

function costLines(
  { exclusions = [], verification }: StreamedReport,
  { width, style }: TerminalCanvas,
): readonly string[] {
  const costly = costliest(exclusions, maxCostly);
  if (costly.length === 0) return [];
  const lost = verification === undefined ? 'Attacks' : plural(verification.attacksLost.length, 'attack');
  const losses = costly.map(lossText);
  const column = Math.max(...losses.map((text) => text.length));
  return [
    `  ${style.doubtful(`${lost} blocked before and let through now, most of them by:`)}`,
    ...costly.map((one, row) => `    ${fitText(`${losses[row]?.padEnd(column)}  ${exclusionText(one)}`, width - 4)}`),
    ...(exclusions.length > costly.length ? ['    and by the others (see report.html)'] : []),
  ];
}

function ruleText({ ruleIds }: Exclusion): string {
  const more = ruleIds.length - maxRules;
  const shown = ruleIds.slice(0, maxRules).join(', ');
  return `${ruleIds.length === 1 ? 'rule' : 'rules'} ${shown}${more > 0 ? ` and ${more} more` : ''}`;
}
