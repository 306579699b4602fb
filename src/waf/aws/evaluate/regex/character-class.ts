import {
  addAll,
  addRange,
  type ByteSet,
  complement,
  emptySet,
  letterClasses,
  posixClasses,
  withBothCases,
} from './byte-set.js';
import { UnsupportedPattern } from './pattern.js';
import { readEscapedByte } from './pattern-escapes.js';

/** One thing in a class: a byte, or a set of bytes that no range can begin or end with. */
type Item = { readonly byte: number; readonly end: number } | { readonly set: ByteSet; readonly end: number };

/**
 * Reads a class such as `[^a-z\d]`.
 * @param from behind the opening bracket
 */
export function readClass(
  text: string,
  from: number,
  ignoresCase: boolean,
): { readonly set: ByteSet; readonly end: number } {
  const isNegated = text.charAt(from) === '^';
  const first = isNegated ? from + 1 : from;
  const set = emptySet();
  let at = first;
  while (text.charAt(at) !== ']' || at === first) {
    if (at >= text.length) throw new UnsupportedPattern('a class is not closed');
    at = addItem(set, text, at);
  }
  const cased = ignoresCase ? withBothCases(set) : set;
  return { set: isNegated ? complement(cased) : cased, end: at + 1 };
}

function addItem(set: ByteSet, text: string, at: number): number {
  const item = itemAt(text, at);
  if ('set' in item) {
    addAll(set, item.set);
    return item.end;
  }
  if (text.charAt(item.end) !== '-' || text.charAt(item.end + 1) === ']' || item.end + 1 >= text.length) {
    set[item.byte] = 1;
    return item.end;
  }
  const last = itemAt(text, item.end + 1);
  if ('set' in last || last.byte < item.byte) throw new UnsupportedPattern('a range of a class is not in order');
  addRange(set, item.byte, last.byte);
  return last.end;
}

function itemAt(text: string, at: number): Item {
  const character = text.charAt(at);
  if (character === '[') return posixOrBracket(text, at);
  if (character !== '\\') return literal(character, at + 1);
  const letter = text.charAt(at + 1);
  const set = letterClasses[letter];
  if (set !== undefined && letter !== 'N') return { set, end: at + 2 };
  if (letter === 'b') return { byte: 8, end: at + 2 };
  const { byte, end } = readEscapedByte(text, at + 1, true);
  return { byte: byte.charCodeAt(0), end };
}

function literal(character: string, end: number): Item {
  const byte = character.charCodeAt(0);
  if (byte > 0x7f) throw new UnsupportedPattern('a class has a character that is more than one byte');
  return { byte, end };
}

function posixOrBracket(text: string, at: number): Item {
  const posix = /^\[:(\^?)([a-z]+):\]/.exec(text.slice(at, at + 16));
  if (posix === null) return { byte: 0x5b, end: at + 1 };
  const [all, negation, name = ''] = posix;
  const set = posixClasses[name];
  if (set === undefined) throw new UnsupportedPattern(`it has a class "${all}" that is not known`);
  return { set: negation === '' ? set : complement(set), end: at + all.length };
}
