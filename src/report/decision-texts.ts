import type { Exclusion } from '../model/exclusion.js';
import type { StreamedReport } from '../model/report.js';
import { costliest } from './exclusion-groups.js';
import { exclusionText } from './exclusion-texts.js';
import { formatCount, plural } from './run-texts.js';

/** `3 of 412 legitimate requests are blocked. 12 of 90 attacks are let through.` */
export function answerSentences(report: StreamedReport): readonly string[] {
  const { legitimate, blocked, attacks, missed } = countIntents(report);
  return [
    ...(legitimate === 0 ? [] : [`${shareOf(blocked, legitimate, 'legitimate request')} blocked.`]),
    ...(attacks === 0 ? [] : [`${shareOf(missed, attacks, 'attack')} let through.`]),
    ...(report.interrupted === undefined ? [] : [`The run was interrupted: ${report.interrupted}.`]),
  ];
}

/** `2 exclusions clear all of them. They let 4 of 2,618 attacks through, most of them by …`; nothing where `tune` was not asked. */
export function decisionSentences({ exclusions, verification }: StreamedReport): readonly string[] {
  if (exclusions === undefined) return [];
  if (exclusions.length === 0) return ['No exclusion clears a false positive.'];
  return [clearingSentence(exclusions, verification), priceSentence(exclusions), ...harmSentences(verification)];
}

function countIntents({ results }: StreamedReport) {
  const counts = { legitimate: 0, blocked: 0, attacks: 0, missed: 0 };
  for (const { intent, verdict } of results) {
    if (intent === 'attack') counts.attacks++;
    else counts.legitimate++;
    if (verdict.kind === 'false-positive') counts.blocked++;
    if (verdict.kind === 'attack-missed') counts.missed++;
  }
  return counts;
}

/** `None of 20 attacks is`, `3 of 412 legitimate requests are`. */
function shareOf(part: number, whole: number, one: string): string {
  if (part === 0) return `None of ${plural(whole, one)} is`;
  return `${formatCount(part)} of ${plural(whole, one)} ${part === 1 ? 'is' : 'are'}`;
}

function clearingSentence(exclusions: readonly Exclusion[], verification: StreamedReport['verification']): string {
  const those = plural(exclusions.length, 'exclusion');
  const one = exclusions.length === 1;
  if (verification === undefined) return `${those} ${one ? 'is' : 'are'} proposed, and not verified on an engine.`;
  const { cleared, stillBlocked } = verification;
  const clear = `${those} ${one ? 'clears' : 'clear'}`;
  if (stillBlocked.length === 0) return `${clear} all of them.`;
  return `${clear} ${formatCount(cleared.length)} of them; ${formatCount(stillBlocked.length)} stay blocked.`;
}

function priceSentence(exclusions: readonly Exclusion[]): string {
  const priced = exclusions.flatMap(({ detectionLoss }) => detectionLoss ?? []);
  if (priced.length === 0) return 'What they cost in attacks was not measured.';
  const lost = priced.reduce((sum, one) => sum + one.lost, 0);
  const before = priced.reduce((sum, one) => sum + one.blockedBefore, 0);
  if (lost === 0) return `None of ${plural(before, 'attack')} that was blocked there gets through.`;
  const [worst] = costliest(exclusions, 1);
  const most = worst === undefined || priced.length === 1 ? '' : `, most of them by ${exclusionText(worst)}`;
  return `${formatCount(lost)} of ${plural(before, 'attack')} that were blocked there get through${most}.`;
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
