import type { AuditNote } from '../../../model/audit.js';
import { type NoteContext, type NoteMaker, noteMaker } from './notes.js';
import { reachOf } from './reach.js';
import type { RuleFacts } from './rule-facts.js';
import type { Condition, Rule } from './rules.js';
import { isPath, pathScope } from './scope.js';
import type { ExclusionUnit, Position } from './unit.js';

/**
 * Whether the rule that an exclusion hangs on runs in time, and for the requests that it means.
 * @param named where the name of its file says that it is read
 */
export function hostNotes(
  unit: ExclusionUnit,
  named: Position | undefined,
  { engine, facts }: NoteContext,
): readonly AuditNote[] {
  const note = noteMaker(engine);
  if (unit.host === undefined) return directivePlace(named, engine, note);
  const { rule, link } = unit.host;
  return [
    ...timeNotes(rule, named, reachOf(unit, engine, facts), note),
    ...(engine === 'modsecurity2' ? chainNotes(rule, link, note) : []),
    ...rule.links.flatMap(({ condition }) => (condition === undefined ? [] : conditionNotes(condition, rule, note))),
  ];
}

/** mod_security2 changes rules that it has read already; libmodsecurity 3 does it in the end, wherever it is told. */
function directivePlace(named: Position | undefined, engine: NoteContext['engine'], note: NoteMaker) {
  if (named !== 'before' || engine === 'modsecurity3') return [];
  return [note('misplaced', 'changes rules that are read already: it must stand behind the rules')];
}

/**
 * An action acts on rules that come later in the same request.
 * @param reach nothing where it is for all rules
 */
function timeNotes(
  { phase }: Rule,
  named: Position | undefined,
  reach: readonly RuleFacts[] | undefined,
  note: NoteMaker,
): readonly AuditNote[] {
  if (reach === undefined) {
    const isLate = phase > 2 || (phase === 2 && named === 'after');
    return isLate ? [note('misplaced', 'the rules have run already: it must be phase 1, before the rules')] : [];
  }
  const missed = reach.filter((one) => one.phase < phase || (one.phase === phase && named === 'after'));
  const [first] = missed;
  if (first === undefined) return [];
  const all = missed.length === reach.length;
  const isBehind = first.phase === phase;
  const why = isBehind ? 'where the name of the file says that it is read' : `in phase ${phase}`;
  return [note(all ? 'misplaced' : 'partial', `${why}, rule ${first.id} of phase ${first.phase} has run already`)];
}

/** Actions that decide what becomes of a request; a rule without one takes that of `SecDefaultAction`. */
const disruptive = new Set(['pass', 'allow', 'deny', 'block', 'drop', 'redirect', 'proxy']);

function chainNotes(rule: Rule, link: number, note: NoteMaker): readonly AuditNote[] {
  const [{ actions }] = rule.links;
  const isEarly = link < rule.links.length - 1;
  return [
    ...(isEarly ? [note('broad', 'acts before the rest of the chain has matched: it must be on the last link')] : []),
    ...(actions.some(({ name }) => disruptive.has(name))
      ? []
      : [note('broad', 'without "pass", its requests are refused where SecDefaultAction denies')]),
  ];
}

function conditionNotes(condition: Condition, rule: Rule, note: NoteMaker): readonly AuditNote[] {
  const { variables, operator, argument } = condition;
  if (rule.phase === 1 && /^(?:ARGS_POST|REQUEST_BODY|FILES|XML|MULTIPART)/i.test(variables)) {
    return [note('misplaced', `in phase 1 there is no ${variables} yet: it must be phase 2`)];
  }
  if (!isPath(condition)) return [];
  if (operator === 'within') return [note('broad', '@within is true for every part of its own text')];
  const path = pathScope(condition);
  if (path === undefined) return [];
  if (path.kind === 'loose') return [note('broad', looseText(condition))];
  if (path.kind === 'prefix' && !argument.endsWith('/')) {
    return [note('broad', `${path.text} is the beginning of other paths too, such as ${path.text}x`)];
  }
  return path.kind === 'exact' && /^REQUEST_URI/i.test(variables)
    ? [note('partial', `${variables} has the query in it: with one the rule does not match`)]
    : [];
}

function looseText({ variables, operator, argument }: Condition): string {
  if (/URI/i.test(variables)) return `who sends a request can put "${argument}" into its query`;
  if (operator === 'rx') return `"${argument}" is not anchored, and fits other paths too`;
  return `paths in any folder can have "${argument}" in them`;
}
