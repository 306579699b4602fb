import { effectOfAction } from './ctl-effect.js';
import { readValue } from './directives.js';
import type { Rule } from './rules.js';
import type { UnitDraft } from './unit.js';

/** The exclusions among the actions of a rule: each acts on rules that come later in the same request. */
export function ruleUnits(text: string, rule: Rule): readonly UnitDraft[] {
  const isConditional = rule.links.some(({ condition }) => condition !== undefined);
  return rule.links.flatMap(({ actions, list }, link) =>
    actions.flatMap((action, index): readonly UnitDraft[] => {
      const effect = effectOfAction(action, isConditional);
      if (effect === undefined) return [];
      // Without a disruptive action of its own a rule takes the default one, which may be to deny.
      const change = { list, index, ...(effect.kind === 'allow' && { instead: 'pass' }) };
      const { start } = action;
      return [{ start, text: readValue(text, action), effect, host: { rule, link }, position: 'before', change }];
    }),
  );
}
