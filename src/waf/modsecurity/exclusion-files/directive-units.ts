import { type Directive, type DirectiveSpan, readValue, type Word } from './directives.js';
import { type ItemList, splitItems } from './items.js';
import type { Effect, Selector, UnitDraft } from './unit.js';

/** `SecRuleRemoveById`, `SecRuleUpdateTargetByTag` and the like. */
const changesRules = /^SecRule(?:Remove|Update(?:Target|Action))By(Id|Tag|Msg)$/i;

/** The exclusions of a directive that changes rules as they are loaded: one for each rule, or for each target. */
export function directiveUnits(text: string, directive: Directive): readonly UnitDraft[] {
  const { name, words, start } = directive;
  const by = selectorKind(name);
  const [first] = words;
  if (by === undefined || first === undefined) return [];
  const rules = select(text, first, by);
  if (/^SecRuleRemove/i.test(name)) return removals(text, directive, by);
  if (/^SecRuleUpdateTarget/i.test(name)) return targets(text, directive, rules);
  const change = { list: listOf(directive, [directive]), index: 0 };
  const effect: Effect = { kind: 'update-action', rules };
  return [{ start, text: readValue(text, directive), effect, position: 'after', change }];
}

function removals(text: string, directive: Directive, by: Selector['by']): readonly UnitDraft[] {
  const { name, words } = directive;
  const list = listOf(
    directive,
    words.map((word) => withQuotes(word, directive)),
  );
  return words.map((word, index) => ({
    start: index === 0 ? directive.start : withQuotes(word, directive).start,
    text: `${name} ${written(text, word)}`,
    effect: { kind: 'remove-rule', rules: select(text, word, by) },
    position: 'after',
    change: { list, index },
  }));
}

/** A target without `!` is one that the rule is to look at as well, and no exclusion. */
function targets(text: string, directive: Directive, rules: Selector): readonly UnitDraft[] {
  const { name, words } = directive;
  const [selector, all] = words;
  if (selector === undefined || all === undefined) return [];
  const list = listOf(directive, splitItems(text, all, ',|'));
  return list.items.flatMap((item, index): readonly UnitDraft[] => {
    const target = readValue(text, item);
    if (!target.startsWith('!')) return [];
    return [
      {
        start: index === 0 ? directive.start : item.start,
        text: `${name} ${written(text, selector)} "${target}"`,
        effect: { kind: 'remove-target', rules, target: target.slice(1) },
        position: 'after',
        change: { list, index },
        ...(words.length > 2 && { replaces: true as const }),
      },
    ];
  });
}

function withQuotes({ start, end, quoted }: Word, directive: Directive): DirectiveSpan {
  return quoted ? { start: start - 1, end: Math.min(end + 1, directive.end) } : { start, end };
}

function listOf(directive: Directive, items: readonly DirectiveSpan[]): ItemList {
  return { items, whole: directive };
}

function selectorKind(name: string): Selector['by'] | undefined {
  const kind = changesRules.exec(name)?.[1]?.toLowerCase();
  return kind === 'id' || kind === 'tag' || kind === 'msg' ? kind : undefined;
}

function select(text: string, word: Word, by: Selector['by']): Selector {
  return { by, text: readValue(text, word), quoted: word.quoted };
}

function written(text: string, word: Word): string {
  const value = readValue(text, word);
  return word.quoted ? `"${value}"` : value;
}
