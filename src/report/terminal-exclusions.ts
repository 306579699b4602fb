import type { Exclusion, Verification } from '../model/exclusion.js';
import type { RunReport } from '../model/report.js';
import { fitWidth } from '../util/display-width.js';
import { printable } from '../util/printable.js';
import { costliest, isWider } from './exclusion-groups.js';
import { clearedText, extentText, lossText, scopeText, targetText } from './exclusion-texts.js';
import { formatCount } from './run-texts.js';
import type { TerminalCanvas, TerminalStyle } from './terminal-style.js';

const maxWider = 5;
const maxCostly = 3;
const maxIds = 5;
const maxRules = 8;
const maxTextLength = 1000;

/** What `tune` found: how wide it is, what it clears, and what it costs. */
export function exclusionLines({ exclusions, verification }: RunReport, canvas: TerminalCanvas): readonly string[] {
  if (exclusions === undefined) return [];
  const { style } = canvas;
  return [
    style.strong(`Exclusions (${formatCount(exclusions.length)})`),
    ...(exclusions.length === 0 ? [] : [`  ${extentText(exclusions)}`]),
    ...(verification === undefined
      ? [style.doubtful('  not verified on an engine')]
      : proofLines(verification, canvas)),
    ...widerLines(exclusions.filter(isWider), canvas),
    ...costLines(exclusions, canvas),
  ];
}

function proofLines(verification: Verification, canvas: TerminalCanvas): readonly string[] {
  const { engine, cleared, stillBlocked, newlyBlocked, tooBroad } = verification;
  const { style } = canvas;
  const all = cleared.length > 0 && stillBlocked.length === 0;
  const paint = all ? style.good : style.doubtful;
  return [
    `  ${paint(`${clearedText(verification)} cleared`)}, ${countText(stillBlocked, 'still blocked', style)}, ${countText(newlyBlocked, 'newly blocked', style)}`,
    `  ${style.faint(fitText(`verified on ${engine}`, canvas.width - 2))}`,
    ...idLines('newly blocked', newlyBlocked, canvas),
    ...(tooBroad.length > 0
      ? [
          `  ${style.bad(`${formatCount(tooBroad.length)} too broad`)}: a rule is silent beside its field too (see report.html)`,
        ]
      : []),
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
        `    ${fitText(placeText(exclusion), width - 4)}`,
        `      ${fitText(`${ruleText(exclusion)}: ${exclusion.widerBecause ?? 'no reason is given'}`, width - 6)}`,
      ]),
    ...(more > 0 ? [`    … and ${formatCount(more)} more (see report.html)`] : []),
  ];
}

function costLines(exclusions: readonly Exclusion[], { width, style }: TerminalCanvas): readonly string[] {
  const costly = costliest(exclusions, maxCostly);
  if (costly.length === 0) return [];
  return [
    `  ${style.doubtful('They let through, of the attacks that were blocked before:')}`,
    ...costly.map((exclusion) => `    ${fitText(`${lossText(exclusion)}  ${placeText(exclusion)}`, width - 4)}`),
    ...(exclusions.length > costly.length ? ['    and less at the others (see report.html)'] : []),
  ];
}

function placeText(exclusion: Exclusion): string {
  return `${targetText(exclusion)} at ${scopeText(exclusion.scope)}`;
}

function ruleText({ ruleIds }: Exclusion): string {
  const more = ruleIds.length - maxRules;
  const shown = ruleIds.slice(0, maxRules).join(', ');
  return `${ruleIds.length === 1 ? 'rule' : 'rules'} ${shown}${more > 0 ? ` and ${more} more` : ''}`;
}

function fitText(text: string, columns: number): string {
  return fitWidth(printable(text.slice(0, maxTextLength)), columns);
}
