import { printable } from '../../../util/printable.js';
import {
  isSourceList,
  isSourceObject,
  keysOf,
  memberOf,
  type SourceObject,
  type SourceValue,
  Unresolved,
} from './source-value.js';

const longestShown = 60;

/** What is left of a type when nothing in it is unresolved. */
export type Known<T> = Exclude<T, Unresolved>;

/** The parts without those that are absent, or the first of them that is unresolved. */
export function complete<T extends object>(parts: T): { [K in keyof T]: Known<T[K]> } | Unresolved {
  const entries = Object.entries(parts).filter(([, value]) => value !== undefined);
  const gap = entries.map(([, value]) => value).find((value) => value instanceof Unresolved);
  return gap ?? (Object.fromEntries(entries) as { [K in keyof T]: Known<T[K]> });
}

/** Each item as `read` takes it, or the first that is unresolved. */
export function each<T>(
  items: readonly SourceValue[],
  read: (item: SourceValue) => T,
): readonly Known<T>[] | Unresolved {
  const known: Known<T>[] = [];
  for (const item of items) {
    const value = read(item);
    if (value instanceof Unresolved) return value;
    known.push(value as Known<T>);
  }
  return known;
}

/** A text, which may be missing only where the API lets it. */
export function textIn(object: SourceObject, key: string): string | Unresolved {
  return optionalTextIn(object, key) ?? missing(key);
}

/** A text that may be missing; numbers are taken as they are written. */
export function optionalTextIn(object: SourceObject, key: string): string | undefined | Unresolved {
  const value = memberOf(object, key);
  if (value === undefined || typeof value === 'string' || value instanceof Unresolved) return value;
  return typeof value === 'number' ? String(value) : new Unresolved(`${key} is no text`);
}

/** An item of a list as a text. */
export function memberText(item: SourceValue, what: string): string | Unresolved {
  if (typeof item === 'string' || item instanceof Unresolved) return item;
  return new Unresolved(`${what} holds something that is no text`);
}

/** A whole number, which templates and the console may write as a text. */
export function numberIn(object: SourceObject, key: string): number | Unresolved {
  return optionalNumberIn(object, key) ?? missing(key);
}

/** The same where it may be missing. */
export function optionalNumberIn(object: SourceObject, key: string): number | undefined | Unresolved {
  const value = memberOf(object, key);
  return value === undefined ? undefined : wholeNumber(value, key);
}

/** A value as a whole number. */
export function wholeNumber(value: SourceValue, what: string): number | Unresolved {
  if (value instanceof Unresolved) return value;
  const number = typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number)
    ? number
    : new Unresolved(`${what} is no whole number`);
}

/** A boolean, which templates may write as a text. */
export function optionalFlagIn(object: SourceObject, key: string): boolean | undefined {
  const value = memberOf(object, key);
  if (typeof value === 'boolean') return value;
  return value === 'true' ? true : value === 'false' ? false : undefined;
}

/** One of the words that this program knows. */
export function wordIn<W extends string>(object: SourceObject, key: string, words: readonly W[]): W | Unresolved {
  return optionalWordIn(object, key, words) ?? missing(key);
}

/** The same where it may be missing. */
export function optionalWordIn<W extends string>(
  object: SourceObject,
  key: string,
  words: readonly W[],
): W | undefined | Unresolved {
  const value = optionalTextIn(object, key);
  if (value === undefined || value instanceof Unresolved) return value;
  return words.find((word) => word === value) ?? new Unresolved(`${key} is ${quoted(value)}, which is not known here`);
}

/** A mapping. */
export function objectIn(object: SourceObject, key: string): SourceObject | Unresolved {
  return optionalObjectIn(object, key) ?? missing(key);
}

/** The same where it may be missing. */
export function optionalObjectIn(object: SourceObject, key: string): SourceObject | undefined | Unresolved {
  const value = memberOf(object, key);
  if (value === undefined || value instanceof Unresolved || isSourceObject(value)) return value;
  return new Unresolved(`${key} is no mapping`);
}

/** A list; empty where it is missing. */
export function listIn(object: SourceObject, key: string): readonly SourceValue[] | Unresolved {
  const value = memberOf(object, key);
  if (value === undefined) return [];
  if (value instanceof Unresolved || isSourceList(value)) return value;
  return new Unresolved(`${key} is no list`);
}

/** The only key of a mapping that holds one of several things. */
export function onlyKeyOf(object: SourceObject, what: string): string | Unresolved {
  const [key, other] = keysOf(object);
  if (key === undefined)
    return new Unresolved(`${what} is empty: written by a program that did not know it, or left out`);
  return other === undefined
    ? key
    : new Unresolved(`${what} holds ${quoted(key)} and ${quoted(other)}, and can hold one`);
}

/** Why a mapping is not understood: it has a key that is newer than this program, or misspelt. */
export function strangerIn(object: SourceObject, known: readonly string[], what: string): Unresolved | undefined {
  const stranger = keysOf(object).find((key) => !known.includes(key));
  return stranger === undefined
    ? undefined
    : new Unresolved(`${what} has ${quoted(stranger)}, which is not known here`);
}

/** A text of the source for messages. */
export function quoted(text: string): string {
  return `"${printable(text.length > longestShown ? `${text.slice(0, longestShown)}…` : text)}"`;
}

function missing(key: string): Unresolved {
  return new Unresolved(`${key} is missing`);
}
