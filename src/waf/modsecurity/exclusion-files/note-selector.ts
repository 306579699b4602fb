import type { AuditNote } from '../../../model/audit.js';
import { type NoteContext, type NoteMaker, noteMaker } from './notes.js';
import { idRanges, isLiteral, reachOf, selectorOf } from './reach.js';
import type { ExclusionUnit, Selector } from './unit.js';

/**
 * How an exclusion names its rules, and which of them an engine understands. Measured with mod_security2 2.9.7 and
 * libmodsecurity 3.0.9; little is known of Coraza, and nothing is said where nothing is.
 */
export function selectorNotes(unit: ExclusionUnit, { engine, facts }: NoteContext): readonly AuditNote[] {
  const rules = selectorOf(unit.effect);
  if (rules === undefined) return [];
  const note = noteMaker(engine);
  const spelling = spellingNotes(rules, unit, engine, note);
  if (spelling.some(({ kind }) => kind !== 'partial')) return spelling;
  return reachOf(unit, engine, facts)?.length === 0 ? [note('silent', noRule(rules)), ...spelling] : spelling;
}

function noRule({ by, text }: Selector): string {
  if (by === 'id') return `no rule has the number ${text}`;
  return `no rule has the ${by === 'tag' ? 'tag' : 'message'} "${text}"`;
}

function spellingNotes(rules: Selector, unit: ExclusionUnit, engine: NoteContext['engine'], note: NoteMaker) {
  if (engine === 'coraza') return [];
  const isRuntime = unit.host !== undefined;
  if (rules.by !== 'id') return textNotes(rules, { isRuntime, engine, note });
  const isTarget = unit.effect.kind === 'remove-target';
  return [
    ...(unit.replaces && engine === 'modsecurity3'
      ? [note('refused', 'a third word, which replaces a target, is refused')]
      : []),
    ...(isTarget
      ? targetIdNotes(rules, { isRuntime, engine, note })
      : removalIdNotes(rules, { isRuntime, engine, note })),
  ];
}

interface Spelling {
  readonly isRuntime: boolean;
  readonly engine: NoteContext['engine'];
  readonly note: NoteMaker;
}

function textNotes({ by, text }: Selector, { isRuntime, engine, note }: Spelling): readonly AuditNote[] {
  if (engine === 'modsecurity2') {
    if (by === 'msg' && isRuntime && /\s/.test(text)) return [note('refused', 'a message of several words is refused')];
    const isAnchored = text.startsWith('^') && text.endsWith('$');
    return isAnchored || !isLiteral(text)
      ? []
      : [note('partial', `"${text}" is a regular expression, which fits every ${named(by)} that has it in it`)];
  }
  if (isRuntime && by === 'msg') return [note('refused', 'rules cannot be named by their message at run time')];
  return isLiteral(text) ? [] : [note('silent', `"${text}" is compared as it is, not as a regular expression`)];
}

function named(by: Selector['by']): string {
  return by === 'tag' ? 'tag' : 'message';
}

function removalIdNotes({ text, quoted }: Selector, { isRuntime, engine, note }: Spelling): readonly AuditNote[] {
  const ranges = idRanges(text);
  if (ranges.length === 0) return [note(engine === 'modsecurity2' ? 'silent' : 'refused', `"${text}" is no number`)];
  const isList = ranges.length > 1;
  if (isRuntime) return isList ? [note('refused', 'several numbers need an action each')] : [];
  if (engine === 'modsecurity2') {
    return isList && !text.includes(',') ? [note('partial', 'of several numbers in quotes only the first counts')] : [];
  }
  if (quoted) return [note('refused', 'numbers in quotes are refused')];
  if (!isList) return [];
  return /,\d+-\d+$/.test(text)
    ? [note('broad', `a comma before a range: every rule from ${ranges[0]?.[0]} to ${ranges.at(-1)?.[1]} is removed`)]
    : [note('partial', 'of several numbers with commas only the first counts')];
}

function targetIdNotes({ text }: Selector, { isRuntime, engine, note }: Spelling): readonly AuditNote[] {
  const ranges = idRanges(text);
  const [first] = ranges;
  if (first === undefined) return [note(engine === 'modsecurity2' ? 'silent' : 'refused', `"${text}" is no number`)];
  const isMore = ranges.length > 1 || first[0] !== first[1];
  if (!isMore) return [];
  if (engine === 'modsecurity3') return [note('partial', `only rule ${first[0]} loses the target, not the others`)];
  const isSpaced = ranges.length > 1 && !text.includes(',');
  return isSpaced && !isRuntime ? [note('partial', `only rule ${first[0]} loses the target, not the others`)] : [];
}
