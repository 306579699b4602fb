import { formatVariable, type Variable } from '../../../model/evidence.js';

/**
 * Names that a run-time exclusion (`ctl:ruleRemoveTargetById=N;ARGS:name`) of libmodsecurity 3.0 can spell: the parser
 * takes other characters for the end of the action, or for a pattern.
 */
const runtimeName = /^[A-Za-z0-9_[\].:/$*-]+$/;

/** Collections in which a target without a name would stand for everything in them. */
const keyed = /^(?:ARGS|ARGS_GET|ARGS_POST|ARGS_NAMES|REQUEST_COOKIES|REQUEST_HEADERS|FILES|XML)(?:_NAMES)?$/;

/** Why a variable cannot be named in a run-time exclusion; nothing where it can. */
export function runtimeObstacle(variable: Variable): string | undefined {
  const { collection, key } = variable;
  if (key === undefined) return keyed.test(collection) ? namelessTarget(collection) : undefined;
  if (key === '') return 'the variable has an empty name';
  return runtimeName.test(key)
    ? undefined
    : `a run-time exclusion cannot spell the name of ${formatVariable(variable)}`;
}

/** Why a variable cannot be named in `SecRuleUpdateTargetById`; nothing where it can. */
export function configureTimeObstacle({ collection, key }: Variable): string | undefined {
  if (key === undefined) return keyed.test(collection) ? namelessTarget(collection) : undefined;
  return key === '' ? 'an empty name would take away the whole collection' : undefined;
}

function namelessTarget(collection: string): string {
  return `the log names no single variable of ${collection}`;
}

/**
 * A name as the only spelling that works for any bytes in it: a pattern that is anchored at both ends, heeds case, and
 * has every byte but letters, digits and `_` in hexadecimal.
 */
export function exactTarget({ collection, key }: Variable): string {
  if (key === undefined) return collection;
  if (/^[A-Za-z0-9_]+$/.test(key)) return `${collection}:${key}`;
  return `${collection}:/(?-i:\\A${hexPattern(key)}\\z)/`;
}

/** A text as a regular expression that matches it and nothing else, without characters that configuration reads. */
export function hexPattern(text: string): string {
  const bytes = [...Buffer.from(text)];
  return bytes
    .map((byte) => (isWord(byte) ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`))
    .join('');
}

function isWord(byte: number): boolean {
  return /\w/.test(String.fromCharCode(byte)) && byte < 128;
}
