import type { ExclusionOutcome, RefusedExclusion, Uncleared, Verification } from '../../model/exclusion.js';
import { groupBy } from '../../util/group-by.js';
import { nameSome } from '../../util/name-some.js';
import { wrapText } from '../../util/wrap-text.js';
import { clearedText, exclusionText } from '../exclusion-texts.js';
import { formatCount, plural } from '../run-texts.js';
import { fitText } from './fit.js';
import type { TerminalCanvas, TerminalStyle } from './style.js';

const maxIds = 5;
const maxRefused = 5;

/** What was said of the exclusions: by the servers that were asked, each by itself where there are several, else by the engine here. */
export function proofLines(verification: Verification, canvas: TerminalCanvas): readonly string[] {
  const { engine, servers = [], embedded } = verification;
  const { style, width } = canvas;
  return [
    ...outcomeLines(verification, canvas),
    ...(servers.length === 1 ? idLines('still blocked', verification.stillBlocked, canvas) : []),
    ...idLines('newly blocked', verification.newlyBlocked, canvas),
    ...noteLines(verification, style).map((line) => `  ${line}`),
    `  ${style.faint(fitText(`verified on ${engine}`, width - 2))}`,
    ...(servers.length > 1 ? servers.flatMap((server) => serverLines(server, canvas)) : []),
    ...(embedded === undefined ? [] : [`  ${style.faint(fitText(embeddedText(embedded), width - 2))}`]),
    ...unclearedLines(verification.uncleared ?? [], canvas),
    ...refusedLines(verification.refused ?? [], canvas),
  ];
}

function outcomeLines(outcome: ExclusionOutcome, { style }: TerminalCanvas): readonly string[] {
  const { stillBlocked, newlyBlocked } = outcome;
  const paint = isClear(outcome) ? style.good : style.doubtful;
  return [
    `  ${paint(`${clearedText(outcome)} cleared`)}, ${countText(stillBlocked, 'still blocked', style)}, ${countText(newlyBlocked, 'newly blocked', style)}`,
  ];
}

function isClear({ cleared, stillBlocked }: ExclusionOutcome): boolean {
  return cleared.length > 0 && stillBlocked.length === 0;
}

function serverLines(server: ExclusionOutcome, canvas: TerminalCanvas): readonly string[] {
  const { style, width } = canvas;
  const { tooBroad } = server;
  return [
    `  ${style.strong(fitText(`On ${server.engine}`, width - 2))}`,
    ...outcomeLines(server, canvas).map((line) => `  ${line}`),
    ...idLines('still blocked', server.stillBlocked, canvas),
    ...idLines('newly blocked', server.newlyBlocked, canvas),
    ...(tooBroad.length > 0 ? [`    ${tooBroadText(tooBroad, style)}`] : []),
  ];
}

/** The view of the engine on which the exclusions were searched, where servers decide. */
function embeddedText(outcome: ExclusionOutcome): string {
  const { engine, stillBlocked } = outcome;
  return `the engine here, ${engine}, says: ${clearedText(outcome)} cleared, ${formatCount(stillBlocked.length)} still blocked`;
}

/** What is no failure of the exclusions, or a doubt about them. */
function noteLines(verification: Verification, style: TerminalStyle): readonly string[] {
  const { tooBroad, siblingsBlocked = [], noEffect = [], notReproduced = [], leftInForce = [] } = verification;
  const notes: readonly (readonly [boolean, string])[] = [
    [tooBroad.length > 0, tooBroadText(tooBroad, style)],
    [
      siblingsBlocked.length > 0,
      `${style.bad(`${formatCount(siblingsBlocked.length)} blocked with other ids`)}: cleared as sent, but not with other generated names (see report.html)`,
    ],
    [
      noEffect.length > 0,
      `${style.doubtful(`${formatCount(noEffect.length)} without effect`)}: nothing is blocked without them`,
    ],
    [
      notReproduced.length > 0,
      `${style.doubtful(`${formatCount(notReproduced.length)} not reproduced`)}: ${passText(verification)}, whose rules or settings are others, or which lack a value that the report hides`,
    ],
    [
      leftInForce.length > 0,
      `${style.good(`${plural(leftInForce.length, 'hit')} left in force`)}: the requests pass all the same (see report.html)`,
    ],
  ];
  return notes.flatMap(([applies, text]) => (applies ? [text] : []));
}

function passText({ servers = [] }: Verification): string {
  if (servers.length === 0) return 'they pass on the engine here';
  return `they pass on the ${servers.length === 1 ? 'server' : 'servers'} here`;
}

function tooBroadText(tooBroad: readonly string[], style: TerminalStyle): string {
  return `${style.bad(`${formatCount(tooBroad.length)} too broad`)}: a rule is silent beside its field too (see report.html)`;
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

/** What no exclusion clears, by the reason: each stands there once, in as many lines as it needs. */
function unclearedLines(uncleared: readonly Uncleared[], { width, style }: TerminalCanvas): readonly string[] {
  if (uncleared.length === 0) return [];
  const byReason = [...groupBy(uncleared, ({ reason }) => reason)];
  const more = byReason.length - maxRefused;
  return [
    `  ${style.doubtful('Not cleared:')}`,
    ...byReason
      .slice(0, maxRefused)
      .flatMap(([reason, group]) => [
        `    ${fitText(`${nameSome(unique(group.map(({ subject }) => subject)))}: rule ${nameSome(unique(group.map(({ ruleId }) => `${ruleId}`)))}`, width - 4)}`,
        ...wrapped(reason, width - 6).map((line) => `      ${line}`),
      ]),
    ...(more > 0 ? [`    … and ${formatCount(more)} more reasons (see report.html)`] : []),
  ];
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

/** A sentence in lines of a width, up to five of them. */
function wrapped(text: string, width: number): readonly string[] {
  return wrapText(text, width)
    .slice(0, 5)
    .map((line) => fitText(line, width));
}

function refusedLines(refused: readonly RefusedExclusion[], { width, style }: TerminalCanvas): readonly string[] {
  if (refused.length === 0) return [];
  const more = refused.length - maxRefused;
  return [
    `  ${style.doubtful(`Refused, and not written (${formatCount(refused.length)}):`)}`,
    ...refused
      .slice(0, maxRefused)
      .flatMap(({ exclusion, reason }) => [
        `    ${fitText(exclusionText(exclusion), width - 4)}`,
        `      ${fitText(reason, width - 6)}`,
      ]),
    ...(more > 0 ? [`    … and ${formatCount(more)} more (see report.html)`] : []),
  ];
}
