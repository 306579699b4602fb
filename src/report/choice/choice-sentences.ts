import { priceSentence } from '../price-sentence.js';
import { formatCount, plural } from '../run-texts.js';
import type { ChoiceData } from './choice-data.js';
import type { ChoiceOutcome } from './choice-outcome.js';

/** `2 of 3 exclusions are accepted. They clear at least 14 of 17 requests that are blocked. They let at most …` */
export function choiceSentences(data: ChoiceData, outcome: ChoiceOutcome): readonly string[] {
  const { exclusions, decision } = data;
  const { chosen } = outcome;
  if (chosen.length === 0) return [`None of ${plural(exclusions.length, 'exclusion')} is accepted.`];
  if (chosen.length === exclusions.length)
    return [`All of ${plural(exclusions.length, 'exclusion')} are accepted.`, decision];
  return [
    `${formatCount(chosen.length)} of ${plural(exclusions.length, 'exclusion')} ${chosen.length === 1 ? 'is' : 'are'} accepted.`,
    clearingSentence(data, outcome),
    chosenPrice(data, outcome),
  ];
}

function clearingSentence({ stillBlocked }: ChoiceData, { chosen, cleared, left }: ChoiceOutcome): string {
  const all = cleared + left + stillBlocked.count;
  const subject = chosen.length === 1 ? 'It clears' : 'They clear';
  const stay = left + stillBlocked.count;
  const some = `${left === 0 ? '' : 'at least '}${formatCount(cleared)} of ${plural(all, 'false positive')}`;
  return `${subject} ${some}${stay === 0 ? '' : `; the other ${formatCount(stay)} ${left === 0 ? 'stay' : 'may stay'} blocked`}.`;
}

/** What the chosen exclusions cost, each attack once. */
function chosenPrice({ attacks: { before } }: ChoiceData, { chosen, attacks, isAtMost }: ChoiceOutcome): string {
  if (attacks === undefined)
    return 'Which attacks they let through is not in this report; each of them has its number.';
  return priceSentence(chosen, { lost: attacks.length, before, isAtMost });
}
