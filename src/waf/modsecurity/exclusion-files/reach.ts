import type { EngineName } from '../dialects/rule-dialect.js';
import type { AllFacts, RuleFacts } from './rule-facts.js';
import type { Effect, ExclusionUnit, Selector } from './unit.js';

/** The rules that an exclusion acts on, as an engine reads it; nothing for one that is not about single rules. */
export function reachOf(unit: ExclusionUnit, engine: EngineName, facts: AllFacts): readonly RuleFacts[] | undefined {
  const rules = selectorOf(unit.effect);
  if (rules === undefined) return undefined;
  const matches = matcher(rules, unit, engine);
  return [...facts.values()].filter(matches).sort((a, b) => a.id - b.id);
}

export function selectorOf(effect: Effect): Selector | undefined {
  return 'rules' in effect ? effect.rules : undefined;
}

/** From and to, both included. */
export type IdRange = readonly [first: number, last: number];

/** `942100`, `1-3`, and lists of them with commas or spaces. Words that are neither are left out. */
export function idRanges(text: string): readonly IdRange[] {
  return text.split(/[\s,]+/).flatMap((word): readonly IdRange[] => {
    const [, first, last = first] = /^(\d{1,10})(?:-(\d{1,10}))?$/.exec(word) ?? [];
    return first === undefined ? [] : [[Number(first), Number(last)]];
  });
}

function matcher(rules: Selector, unit: ExclusionUnit, engine: EngineName): (rule: RuleFacts) => boolean {
  if (rules.by === 'tag') return ({ tags }) => tags.some((tag) => matchesText(tag, rules.text, engine));
  if (rules.by === 'msg') return ({ message = '' }) => matchesText(message, rules.text, engine);
  const ranges = readRanges(rules, unit, engine);
  return ({ id }) => ranges.some(([first, last]) => first <= id && id <= last);
}

/** What each engine takes a list of numbers for, as measured with mod_security2 2.9.7 and libmodsecurity 3.0.9. */
function readRanges({ text, quoted }: Selector, { effect, host }: ExclusionUnit, engine: EngineName) {
  const ranges = idRanges(text);
  const [first, ...others] = ranges;
  if (first === undefined) return [];
  const isList = others.length > 0;
  const isTarget = effect.kind === 'remove-target';
  if (engine === 'modsecurity3') {
    if (isTarget) return [[first[0], first[0]] as const];
    if (isList && !quoted && host === undefined) return [joined(text, ranges) ?? first];
  }
  const isSpaced = isList && /\s/.test(text.trim());
  return engine === 'modsecurity2' && isSpaced ? [first] : ranges;
}

/** libmodsecurity 3 takes `1,3-5` for 1 to 5. */
function joined(text: string, ranges: readonly IdRange[]): IdRange | undefined {
  const [first] = ranges;
  const last = ranges.at(-1);
  return /,\d+-\d+$/.test(text) && first !== undefined && last !== undefined ? [first[0], last[1]] : undefined;
}

/**
 * Tags and messages: libmodsecurity 3 compares the whole text, mod_security2 takes it for a regular expression. A pattern
 * of the user's is never run: one with more than anchors in it is taken to match nothing that could be told.
 */
function matchesText(text: string, wanted: string, engine: EngineName): boolean {
  if (engine !== 'modsecurity2') return text === wanted;
  const literal = wanted.replace(/^\^|\$$/g, '');
  if (!isLiteral(literal)) return text === wanted;
  if (wanted.startsWith('^') && wanted.endsWith('$')) return text === literal;
  if (wanted.startsWith('^')) return text.startsWith(literal);
  return wanted.endsWith('$') ? text.endsWith(literal) : text.includes(literal);
}

/** Text without anything that has a meaning of its own in a regular expression; a dot stands for itself well enough. */
export function isLiteral(text: string): boolean {
  return !/[\\^$|?*+()[\]{}]/.test(text);
}
