import type { AuditNote } from '../../../model/audit.js';
import { type NoteContext, type NoteMaker, noteMaker } from './notes.js';
import { reachOf } from './reach.js';
import type { RuleFacts } from './rule-facts.js';
import { readTarget, type Target } from './target.js';
import type { ExclusionUnit } from './unit.js';

/** What an exclusion takes from its rules, as far as an engine understands it and the rules look at it. */
export function targetNotes(unit: ExclusionUnit, { engine, facts }: NoteContext): readonly AuditNote[] {
  if (unit.effect.kind !== 'remove-target') return [];
  const note = noteMaker(engine);
  const target = readTarget(unit.effect.target);
  const isRuntime = unit.host !== undefined;
  const spelling = isRuntime ? runtimeNotes(target, engine, note) : loadNotes(target, engine, note);
  if (spelling.some(({ kind }) => kind === 'silent' || kind === 'refused')) return spelling;
  const reach = reachOf(unit, engine, facts) ?? [];
  const look = lookNotes(target, reach, { isRuntime, engine, note });
  // Of the rules that a tag stands for, some may well not look at the target.
  const isNamed = unit.effect.rules.by === 'id';
  return [...spelling, ...widthNotes(target, note), ...look.filter(({ kind }) => isNamed || kind === 'silent')];
}

/** Collections that have names in them, so that without one all of them are meant. */
const keyed =
  /^(?:ARGS|ARGS_GET|ARGS_POST|REQUEST_COOKIES|REQUEST_HEADERS|FILES|MULTIPART_PART_HEADERS|RESPONSE_HEADERS)(?:_NAMES)?$/;

function widthNotes({ collection, key, pattern }: Target, note: NoteMaker): readonly AuditNote[] {
  if (collection === 'REQUEST_BODY') return [note('broad', 'the whole body is taken from the rule')];
  if (keyed.test(collection) && key === undefined)
    return [note('broad', `without a name, all of ${collection} is meant`)];
  if (pattern === undefined || (/^(?:\^|\\A|\(\?-i:\\A|\(\?-i:\^)/.test(pattern) && /(?:\$|\\z)\)?$/.test(pattern)))
    return [];
  return [note('broad', `the pattern /${pattern}/ is not anchored at both ends, and fits other names too`)];
}

/** `ctl:ruleRemoveTargetById=…;target`. */
function runtimeNotes(target: Target, engine: NoteContext['engine'], note: NoteMaker): readonly AuditNote[] {
  const { text, collection, key, pattern } = target;
  const isThree = engine === 'modsecurity3';
  const unread = isThree ? 'refused' : 'silent';
  if (text === '') return [note(unread, 'no target is named')];
  if (engine === 'coraza') return [];
  if (/^[!&]|%\{/.test(text)) return [note(unread, `"${text}" is no target`)];
  if (pattern !== undefined) return [note('silent', 'patterns are not understood at run time')];
  if (text.includes(';')) return [note('partial', 'only the first target counts; each needs an action of its own')];
  if (text.includes('|')) return [note('refused', 'several targets need an action each')];
  if (collection === 'XML') return xmlNotes(key, isThree, note);
  return isThree ? spellingNotes(target, note) : [];
}

/** Names as libmodsecurity 3 takes them at run time. */
function spellingNotes({ text, collection, key }: Target, note: NoteMaker): readonly AuditNote[] {
  if (collection === 'TX' && key === undefined) return [note('silent', 'without a name nothing is meant')];
  const [written = ''] = text.split(':', 1);
  if (written !== collection) return [note('silent', `${written} must be written in capitals at run time`)];
  if (key === undefined || /^[\w[\].:/$*-]*$/.test(key)) return [];
  return [note('refused', `the name "${key}" cannot be spelled at run time`)];
}

function xmlNotes(key: string | undefined, isThree: boolean, note: NoteMaker): readonly AuditNote[] {
  if (isThree) return key === undefined ? [note('silent', 'XML:/* is the spelling that is understood, not XML')] : [];
  return key === undefined ? [] : [note('silent', 'XML is the spelling that is understood, not XML:/*')];
}

/** `SecRuleUpdateTargetBy…`. */
function loadNotes({ collection, key }: Target, engine: NoteContext['engine'], note: NoteMaker): readonly AuditNote[] {
  if (engine === 'modsecurity2') {
    if (collection === 'FILES_NAMES') return [note('silent', 'FILES_NAMES can be excluded at run time only')];
    if (key === '') return [note('broad', `with an empty name, all of ${collection} is meant`)];
    return key !== undefined && /[\s|]/.test(key) ? [note('silent', `the name "${key}" must be a pattern`)] : [];
  }
  if (engine === 'modsecurity3' && collection === 'XML' && key === undefined) {
    return [note('silent', 'XML:/* is the spelling that is understood, not XML')];
  }
  return [];
}

interface Look {
  readonly isRuntime: boolean;
  readonly engine: NoteContext['engine'];
  readonly note: NoteMaker;
}

/** A collection that a rule does not list cannot be taken from it: `ARGS` and `ARGS_GET` are two. */
function lookNotes(
  { collection }: Target,
  reach: readonly RuleFacts[],
  { isRuntime, engine, note }: Look,
): readonly AuditNote[] {
  const blind = reach.filter(({ looksAt }) => !looksAt.has(collection));
  const [first] = blind;
  if (first === undefined) return [];
  const isLater = first.laterLooksAt.has(collection);
  if (isLater && engine === 'modsecurity2' && !isRuntime) return [];
  const all = blind.length === reach.length;
  const text = isLater
    ? `rule ${first.id} looks at ${collection} in a later link of its chain, where it cannot be taken from it`
    : `rule ${first.id} does not look at ${collection}${instead(collection, first)}`;
  const others = blind.length === 1 ? '' : `, nor do ${blind.length - 1} others`;
  return [note(all ? 'silent' : 'partial', `${text}${isLater ? '' : others}`)];
}

function instead(collection: string, { looksAt }: RuleFacts): string {
  const family = collection.split('_', 1)[0] ?? collection;
  const near = [...looksAt].filter((one) => one.split('_', 1)[0] === family).slice(0, 3);
  return near.length === 0 ? '' : ` but at ${near.join(', ')}`;
}
