import { formatVariable, type RuleId, type Variable } from '../../../model/evidence.js';
import type { ExclusionScope, RemoveTarget } from '../../../model/exclusion.js';
import { hasPlaceholder, placeholderPattern } from '../../../model/placeholders.js';
import { isFamily } from '../name-families.js';
import { namesFor } from './engine-names.js';
import { characterPattern, hexPattern, lowerCase } from './patterns.js';
import type { EngineName } from './rule-dialect.js';

/**
 * Names that a run-time exclusion (`ctl:ruleRemoveTargetById=N;ARGS:name`) of every engine can spell: the parser of
 * libmodsecurity 3.0 takes other characters for the end of the action, or for a pattern.
 */
const plainName = /^(?!\/.*\/$)[A-Za-z0-9_[\].:/$*-]+$/;

/**
 * Names that mod_security2 takes, and those that it takes in a quoted action; what is not ASCII it compares as its log
 * writes it. Apache would put a definition in the place of `${`.
 */
const version2Name = /^(?!.*\$\{)(?:(?![",;\\|])[!-~]|[\u0080-\uffff])+$/;
const version2Quotable = /^(?!.*\$\{)(?:(?![",;'\\])[ -~])+$/;

/** Whether a name can be part of a run-time exclusion. */
export function isRuntimeName(name: string, engines: readonly EngineName[]): boolean {
  if (hasPlaceholder(name)) return engines.every((engine) => engine === 'coraza');
  if (plainName.test(name)) return true;
  if (engines.length > 1) return false;
  const isForVersion2 = version2Name.test(name) || version2Quotable.test(name);
  return engines.includes('coraza') || (engines.includes('modsecurity2') && isForVersion2);
}

/** An action that takes a variable from a rule for one request, in each spelling that one of the engines needs. */
export function runtimeRemovals(
  ruleId: RuleId,
  exclusion: RemoveTarget,
  engines: readonly EngineName[],
): readonly string[] {
  return spellEach(exclusion, engines, runtimeTargets).map((target) => {
    const action = `ruleRemoveTargetById=${ruleId};${target}`;
    return `ctl:${/[ |]/.test(target) ? `'${action}'` : action}`;
  });
}

function runtimeTargets(variable: Variable, engine: EngineName): readonly string[] {
  const { collection, key } = variable;
  if (key === undefined) return [collection];
  // mod_security2 takes a document's text from a rule under the bare name only, the others with its selector.
  if (collection === 'XML') return [engine === 'modsecurity2' ? 'XML' : formatVariable(variable)];
  return runtimeKeys(collection, key, engine).map((name) => `${collection}:${name}`);
}

function runtimeKeys(collection: string, key: string, engine: EngineName): readonly string[] {
  if (engine === 'coraza' && hasPlaceholder(key)) return [corazaTemplate(key)];
  if (engine === 'modsecurity2') return [key.replace(/[^\0-\u007f]+/g, hexPattern)];
  if (engine === 'coraza') return [plainName.test(key) ? key : corazaPattern(key)];
  // libmodsecurity 3 heeds the case of header names, and HTTP/2 sends them in lower case.
  return isHeader(collection) ? [key, key.toLowerCase()] : [key];
}

/**
 * The names of a variable as people read them in directives, each that one of the engines has. A pattern is shown as the name
 * that it was made of.
 */
export function shownNames(exclusion: Placed, engines: readonly EngineName[]): readonly string[] {
  return [...new Set(engines.map((engine) => shownName(exclusion, engine)))];
}

type Placed = RemoveTarget & { readonly scope: ExclusionScope };

function shownName(exclusion: Placed, engine: EngineName): string {
  const { variable, scope } = exclusion;
  const isPattern = isFamily(variable) && engine !== 'modsecurity2';
  const [own = variable] = isPattern ? [variable] : namesFor({ ...exclusion, elements: 1 }, [engine]);
  const [target = ''] = scope.path === undefined ? [] : runtimeTargets(own, engine);
  return isPattern || target === '' || /:\/.*\/$|\\x/.test(target) ? formatVariable(own) : target;
}

/** `!ARGS:name` targets for `SecRuleUpdateTargetById`, in each spelling that one of the engines needs. */
export function configureTimeTargets(exclusion: RemoveTarget, engines: readonly EngineName[]): readonly string[] {
  if (isFamily(exclusion.variable)) {
    return [...new Set(engines.map((engine) => familyTarget(exclusion, engine)))];
  }
  return spellEach(exclusion, engines, (one, engine) => [exactTarget(one, engine)]);
}

function spellEach(
  exclusion: RemoveTarget,
  engines: readonly EngineName[],
  spell: (variable: Variable, engine: EngineName) => readonly string[],
): readonly string[] {
  const spelled = engines.flatMap((engine) => namesFor(exclusion, [engine]).flatMap((one) => spell(one, engine)));
  return [...new Set(spelled)];
}

/**
 * A pattern for all names of a family: a number where an element of an array has one, and what each placeholder stands for.
 * mod_security2 has one name for all elements.
 */
function familyTarget(exclusion: RemoveTarget, engine: EngineName): string {
  const { variable } = exclusion;
  const { collection, key = '' } = variable;
  if (engine === 'modsecurity2') {
    const [first = variable] = namesFor({ ...exclusion, elements: 1 }, [engine]);
    if (!hasPlaceholder(first.key ?? '')) return exactTarget(first, engine);
    return `${collection}:${bytesInside(placeholderPattern(first.key ?? '', hexPattern))}`;
  }
  const pieces = key.split(/\.array_\*(?=\.|$)/);
  if (engine === 'modsecurity3') {
    const spelled = pieces.map((piece) => placeholderPattern(piece, hexPattern));
    return `${collection}:${bytesInside(spelled.join('\\x2earray_[0-9]+'))}`;
  }
  return `${collection}:${charactersInside(pieces.map(corazaPieces).join('\\x2e[0-9]+'))}`;
}

function exactTarget({ collection, key }: Variable, engine: EngineName): string {
  if (key === undefined) return collection;
  if (collection === 'XML') return `${collection}:${key}`;
  if (isHeader(collection) && engine === 'modsecurity3') return `${collection}:/(?i:\\A${hexPattern(key)}\\z)/`;
  if (/^[A-Za-z0-9_]+$/.test(key)) return `${collection}:${key}`;
  return `${collection}:${engine === 'coraza' ? corazaPattern(key) : bytesInside(hexPattern(key))}`;
}

/**
 * The only spelling that ModSecurity takes for any bytes in a name: a pattern that is anchored at both ends, heeds case,
 * and has every byte but letters, digits and `_` in hexadecimal.
 */
function bytesInside(pattern: string): string {
  return `/(?-i:\\A${pattern}\\z)/`;
}

/**
 * The same for Coraza. It makes patterns lower case, so that `\A` would be another escape; `m` is off lest `^` mean the
 * begin of a line to libmodsecurity 3, which may read it too.
 */
function charactersInside(pattern: string): string {
  return `/(?-im:^${pattern}\\z)/`;
}

function corazaTemplate(key: string): string {
  return charactersInside(corazaPieces(key));
}

function corazaPieces(template: string): string {
  return placeholderPattern(template, (text) => characterPattern(lowerCase(text)));
}

function corazaPattern(key: string): string {
  return charactersInside(characterPattern(lowerCase(key)));
}

function isHeader(collection: string): boolean {
  return /^(?:REQUEST|RESPONSE)_HEADERS(?:_NAMES)?$/.test(collection);
}
