import type { AuditNote } from '../../../model/audit.js';
import { untouchable } from '../rule-ids.js';
import { type NoteContext, noteMaker } from './notes.js';
import { reachOf } from './reach.js';
import type { RuleFacts } from './rule-facts.js';
import type { Effect, ExclusionUnit } from './unit.js';

/** What an exclusion takes along that nobody means to lose, whatever it is limited to. */
export function effectNotes(unit: ExclusionUnit, { engine, facts }: NoteContext): readonly AuditNote[] {
  const note = noteMaker(engine);
  const { effect } = unit;
  if (effect.kind === 'remove-rule' || effect.kind === 'remove-target') {
    const reach = reachOf(unit, engine, facts) ?? [];
    return sharedRules(reach, effect.kind === 'remove-rule').map((text) => note('broad', text));
  }
  if (effect.kind === 'update-action') {
    const reach = reachOf(unit, engine, facts) ?? [];
    const shared = sharedRules(reach, true);
    if (shared.length > 0) return shared.map((text) => note('broad', text));
    return reach.some(scores) ? [note('silent', 'it hides the message at most: the rule still adds to the score')] : [];
  }
  return wideEffects(effect, engine).map((text) => note('broad', text));
}

/** Rules of the Core Rule Set that look at requests add to the score, whatever else they do. */
function scores({ id }: RuleFacts): boolean {
  return id >= 910_000 && id < 949_000;
}

/** Rules that others rely on, and what comes of the loss of the most important one. */
function sharedRules(reach: readonly RuleFacts[], whole: boolean): readonly string[] {
  const shared = reach.flatMap(({ id }) => {
    const reason = untouchable(id);
    return reason === undefined ? [] : [{ id, reason }];
  });
  const deciding = shared.find(({ id }) => /^9[45]9/.test(`${id}`)) ?? shared[0];
  if (deciding === undefined) return [];
  const others = shared.length > 1 ? `, and ${shared.length - 1} more rules that others rely on` : '';
  const loss = /^949/.test(`${deciding.id}`) && whole ? ': nothing is blocked any more' : '';
  return [`takes more along than it says: ${deciding.reason}${others}${loss}`];
}

function wideEffects(effect: Effect, engine: NoteContext['engine']): readonly string[] {
  switch (effect.kind) {
    case 'engine':
      if (effect.value === 'detectiononly') return ['no rule blocks anything here'];
      return [engine === 'modsecurity3' ? 'no rule is run, and nothing is logged' : 'no rule is run from here on'];
    case 'no-body':
      return [
        engine === 'modsecurity3'
          ? 'the whole of phase 2 is skipped, the arguments of the query too'
          : 'the fields of the body are not looked at by any rule',
      ];
    case 'allow':
      return ['all rules that come later are skipped'];
    case 'setting':
      return /threshold|level|score/.test(effect.name) ? ['what all rules find counts for less, on every field'] : [];
    default:
      return [];
  }
}
