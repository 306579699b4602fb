import type { Exclusion } from '../model/exclusion.js';
import type { StreamedReport } from '../model/report.js';
import { exclusionText, placeText } from './exclusion-texts.js';
import { type PricedPart, priceSentence } from './price-sentence.js';
import { digestOf } from './result-digest.js';
import { formatCount, plural } from './run-texts.js';

/** `3 of 412 legitimate requests are blocked. 12 of 90 attacks are let through.` */
export function answerSentences(report: StreamedReport): readonly string[] {
  const { legitimate, blocked, attacks, missed } = countIntents(report);
  return [
    ...(legitimate === 0 ? [] : [`${shareOf(blocked, legitimate, 'legitimate request')} blocked.`]),
    ...(attacks === 0 ? [] : [`${shareOf(missed, attacks, 'attack')} let through.`]),
    ...openSentences(report),
    ...(report.interrupted === undefined ? [] : [`The run was interrupted: ${report.interrupted}.`]),
  ];
}

/** `2 exclusions clear all of them. They let 4 of 2,618 attacks through that were blocked there, all of them by …`; nothing where `tune` was not asked. */
export function decisionSentences(report: StreamedReport): readonly string[] {
  const { exclusions, verification } = report;
  if (exclusions === undefined) return [];
  if (exclusions.length === 0) return ['No exclusion clears a false positive.'];
  return [clearingSentence(exclusions, report), costOf(exclusions, verification), ...harmSentences(verification)];
}

/** That nothing is blocked says little where no answer came, or another layer refused: `2 cases are undecided.` */
function openSentences({ summary: { verdicts } }: StreamedReport): readonly string[] {
  const open = [
    [verdicts.inconclusive ?? 0, 'undecided'],
    [verdicts['denied-elsewhere'] ?? 0, 'refused by another layer than the WAF'],
    [verdicts['unattributed-block'] ?? 0, 'refused, and no log shows by whom'],
  ] as const;
  return open
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${plural(count, 'case')} ${count === 1 ? 'is' : 'are'} ${what}.`);
}

function countIntents(report: StreamedReport) {
  const { legitimate } = digestOf(report);
  const { cases, verdicts } = report.summary;
  return {
    legitimate,
    blocked: verdicts['false-positive'] ?? 0,
    attacks: cases - legitimate,
    missed: verdicts['attack-missed'] ?? 0,
  };
}

/** `None of 20 attacks is`, `3 of 412 legitimate requests are`. */
function shareOf(part: number, whole: number, one: string): string {
  if (part === 0) return `None of ${plural(whole, one)} is`;
  return `${formatCount(part)} of ${plural(whole, one)} ${part === 1 ? 'is' : 'are'}`;
}

function clearingSentence(exclusions: readonly Exclusion[], { verification, summary }: StreamedReport): string {
  const those = plural(exclusions.length, 'exclusion');
  const one = exclusions.length === 1;
  if (verification === undefined) return `${those} ${one ? 'is' : 'are'} proposed, and not verified on an engine.`;
  const { cleared, stillBlocked, notReproduced = [] } = verification;
  const known = cleared.length + stillBlocked.length + notReproduced.length;
  const untold = (summary.verdicts['false-positive'] ?? 0) - known;
  const clear = `${those} ${one ? 'clears' : 'clear'}`;
  if (stillBlocked.length === 0 && untold <= 0) return `${clear} all of them.`;
  return [
    `${clear} ${formatCount(cleared.length)} of them`,
    ...(stillBlocked.length > 0 ? [`${formatCount(stillBlocked.length)} stay blocked`] : []),
    ...(untold > 0 ? [`for the other ${formatCount(untold)} none was searched`] : []),
  ]
    .join('; ')
    .concat('.');
}

/** An exclusion as the price names it. */
export function pricedPart(exclusion: Exclusion): PricedPart {
  const { detectionLoss, scope } = exclusion;
  const { attacks, lost } = detectionLoss ?? {};
  return {
    text: exclusionText(exclusion),
    place: placeText(scope),
    ...(lost !== undefined && { lost: attacks?.length ?? lost }),
    ...(attacks !== undefined && { attacks }),
  };
}

function costOf(exclusions: readonly Exclusion[], verification: StreamedReport['verification']): string {
  const { attacksLost = [], attacksBlockedBefore: before } = verification ?? {};
  return priceSentence(exclusions.map(pricedPart), { lost: attacksLost.length, before });
}

function harmSentences(verification: StreamedReport['verification']): readonly string[] {
  const { newlyBlocked = [], tooBroad = [] } = verification ?? {};
  return [
    ...(newlyBlocked.length === 0
      ? []
      : [
          `${plural(newlyBlocked.length, 'case')} that passed before ${newlyBlocked.length === 1 ? 'is' : 'are'} blocked with them.`,
        ]),
    ...(tooBroad.length === 0 ? [] : [`${plural(tooBroad.length, 'exclusion')} reach beyond what they are for.`]),
  ];
}
