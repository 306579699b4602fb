import type { RuleMatch } from '../contract/prover.js';
import type { RuleId } from '../model/evidence.js';
import { sortedIds } from '../util/compare-ids.js';

/** A rule that decides fewer attacks of a sample is not worth its time. */
const fewest = 3;
const mostRules = 24;

/**
 * The rules that block most attacks of a sample, the most useful first, until another one hardly helps.
 * @param sample what each attack fires
 */
export function blockingRules(
  sample: readonly (readonly RuleMatch[])[],
  blocks: (hits: readonly RuleMatch[]) => boolean,
): readonly RuleId[] {
  const chosen = new Set<RuleId>();
  let open = sample.filter(blocks);
  while (chosen.size < mostRules) {
    const [best, count] = mostHelpful(open, chosen, blocks);
    if (best === undefined || count < fewest) break;
    chosen.add(best);
    open = open.filter((hits) => !blocks(hits.filter(({ ruleId }) => chosen.has(ruleId))));
  }
  return sortedIds([...chosen]);
}

/** The rule that, beside those that are chosen, blocks most of the attacks. */
function mostHelpful(
  open: readonly (readonly RuleMatch[])[],
  chosen: ReadonlySet<RuleId>,
  blocks: (hits: readonly RuleMatch[]) => boolean,
): readonly [RuleId | undefined, number] {
  const counts = new Map<RuleId, number>();
  for (const hits of open) {
    for (const rule of new Set(hits.map(({ ruleId }) => ruleId))) {
      if (!blocks(hits.filter(({ ruleId }) => ruleId === rule || chosen.has(ruleId)))) continue;
      counts.set(rule, (counts.get(rule) ?? 0) + 1);
    }
  }
  return [...counts].reduce<readonly [RuleId | undefined, number]>((a, b) => (b[1] > a[1] ? b : a), [undefined, 0]);
}
