import { type Draft, type Packed, whenAny } from '../../../model/draft.js';
import type { Exclusion } from '../../../model/exclusion.js';
import { argumentsKey, raisedLimits } from './body-rules.js';
import { byEndpoint, endpointKey, endpointRule, groupActions } from './endpoint-rules.js';
import { inOrder } from './explain.js';
import { configureTimeLines } from './modsecurity-dialect.js';
import type { EngineName } from './rule-dialect.js';

const engines: readonly EngineName[] = ['modsecurity3'];

/**
 * Bytes of rules in one directive `modsecurity_rules`: nginx takes at most 4096 for a parameter, with its quotes and the
 * indentation that a template may add.
 */
const longestText = 3900;

/** Bytes of the actions of one rule: its conditions and line ends need the rest. */
const longestActions = 2000;

/**
 * Exclusions as rules and lines that cannot be cut, of which each fits into one directive.
 * @param place what numbers of rules follow from, beside their endpoint
 * @param isRuntime whether an exclusion is a rule that runs for each request, or changes the rules where it stands
 */
export function piecesOf(
  place: string,
  exclusions: readonly Exclusion[],
  isRuntime: (exclusion: Exclusion) => boolean,
): readonly Draft[] {
  const rules = byEndpoint(exclusions.filter(isRuntime)).map(({ scope, group }): Packed => {
    const number: Draft = { number: `${place} ${endpointKey(scope)}`, isOfPack: true };
    return {
      pack: groupActions(group, engines),
      room: longestActions,
      perLine: 0,
      between: ',',
      forms: [endpointRule(scope, number, { here: 'pack' }, engines)],
    };
  });
  const fixed = inOrder(exclusions.filter((one) => !isRuntime(one) && one.effect !== 'raise-limit'));
  const lines = fixed.flatMap((one) => configureTimeLines(one, engines).map((line) => whenAny([one], line)));
  return [...rules, ...raisedLimits(exclusions, `${place} ${argumentsKey}`), ...lines];
}

/**
 * Directives that take all pieces, as many in each as fit, with room for the indentation of each line.
 * @param forms how the first of them is written, the second, and all others
 */
export function directivesOf(pieces: readonly Draft[], forms: Packed['forms']): Draft {
  return { pack: pieces, room: longestText, perLine: 8, between: '\n', forms };
}
