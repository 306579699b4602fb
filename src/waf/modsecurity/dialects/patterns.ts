import { isVisible } from '../../../util/printable.js';

/** A text as a regular expression that matches it and nothing else, without characters that configuration reads. */
export function hexPattern(text: string): string {
  return [...Buffer.from(text)].map((byte) => (isWord(byte) ? String.fromCharCode(byte) : hexByte(byte))).join('');
}

/**
 * The same for Go's regular expressions, in which `\xe4` is a character and not a byte: what is not ASCII stands as it
 * is, or with its number where it cannot be seen.
 */
export function characterPattern(text: string, plain = /\w/): string {
  return [...text].map((char) => spellCharacter(char, plain)).join('');
}

/** Whether engines with regular expressions of bytes can read a pattern of characters. */
export function isPortable(text: string): boolean {
  return [...text].every((char) => char <= '\u007f' || isVisible(char));
}

/** Coraza compares names in lower case, and each character by itself (Go's `strings.ToLower`). */
export function lowerCase(text: string): string {
  return [...text].map((char) => [...char.toLowerCase()][0] ?? char).join('');
}

/** Bytes, one a character, as a regular expression for people: in paths, `/`, `~` and `-` stand for themselves. */
export function bytePattern(bytes: string): string {
  return bytes.replace(/[^\w/~-]/g, (char) => (char === '.' ? '\\.' : hexByte(char.charCodeAt(0))));
}

function spellCharacter(char: string, plain: RegExp): string {
  const code = char.codePointAt(0) ?? 0;
  if (code < 128) return plain.test(char) ? char : hexByte(code);
  // Six digits: Coraza takes fewer for the hexadecimal of a byte, and then matches bytes (internal/operators/rx.go).
  return isVisible(char) ? char : `\\x{${code.toString(16).padStart(6, '0')}}`;
}

function isWord(byte: number): boolean {
  return byte < 128 && /\w/.test(String.fromCharCode(byte));
}

function hexByte(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, '0')}`;
}
