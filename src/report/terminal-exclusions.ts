import type { Exclusion, Verification } from '../model/exclusion.js';
import type { RunReport } from '../model/report.js';
import { fitWidth } from '../util/display-width.js';
import { printable } from '../util/printable.js';
import { costliest, isWider } from './exclusion-groups.js';
import { clearedText, exclusionText, extentText, lossText } from './exclusion-texts.js';
import { formatCount, plural } from './run-texts.js';
import type { TerminalCanvas, TerminalStyle } from './terminal-style.js';

const maxWider = 5;
const maxCostly = 3;
const maxIds = 5;
const maxRules = 8;
const maxTextLength = 1000;

/** What `tune` found: how wide it is, what it clears, and what it costs. */
export function exclusionLines(report: RunReport, canvas: TerminalCanvas): readonly string[] {
  const { exclusions, verification } = report;
  if (exclusions === undefined) return [];
  const { style } = canvas;
  return [
    style.strong(`Exclusions (${formatCount(exclusions.length)})`),
    ...(exclusions.length === 0 ? [] : [`  ${extentText(exclusions)}`]),
    ...(verification === undefined
      ? [style.doubtful('  not verified on an engine')]
      : proofLines(verification, canvas)),
    ...widerLines(exclusions.filter(isWider), canvas),
    ...costLines(report, canvas),
  ];
}

function proofLines(verification: Verification, canvas: TerminalCanvas): readonly string[] {
  const { engine, cleared, stillBlocked, newlyBlocked, tooBroad } = verification;
  const { style } = canvas;
  const all = cleared.length > 0 && stillBlocked.length === 0;
  const paint = all ? style.good : style.doubtful;
  return [
    `  ${paint(`${clearedText(verification)} cleared`)}, ${countText(stillBlocked, 'still blocked', style)}, ${countText(newlyBlocked, 'newly blocked', style)}`,
    ...idLines('newly blocked', newlyBlocked, canvas),
    ...(tooBroad.length > 0
      ? [
          `  ${style.bad(`${formatCount(tooBroad.length)} too broad`)}: a rule is silent beside its field too (see report.html)`,
        ]
      : []),
    `  ${style.faint(fitText(`verified on ${engine}`, canvas.width - 2))}`,
  ];
}

function countText(ids: readonly string[], what: string, style: TerminalStyle): string {
  const text = `${formatCount(ids.length)} ${what}`;
  return ids.length > 0 ? style.bad(text) : text;
}

function idLines(what: string, ids: readonly string[], { width }: TerminalCanvas): readonly string[] {
  const more = ids.length - maxIds;
  return [
    ...ids.slice(0, maxIds).map((id) => `    ${fitText(`${what}: ${id}`, width - 4)}`),
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
        `      ${fitText(`${ruleText(exclusion)}: ${exclusion.widerBecause ?? 'no reason is given'}`, width - 6)}`,
      ]),
    ...(more > 0 ? [`    … and ${formatCount(more)} more (see report.html)`] : []),
  ];
}

function costLines({ exclusions = [], verification }: RunReport, { width, style }: TerminalCanvas): readonly string[] {
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

function fitText(text: string, columns: number): string {
  return fitWidth(printable(text.slice(0, maxTextLength)), columns);
}
