import { printable } from '../util/printable.js';

// Characters that XML 1.0 has no way to write, besides those that `printable` writes as escapes (section 2.2).
const nonCharacters = /[\ufffe\uffff]/g;
const special = /[&<>"']/g;

/** Text as XML 1.0 can hold it, between tags and in an attribute in either quotes; what cannot be seen is an escape such as `\x1b`. */
export function xmlText(text: string): string {
  return printable(text).replace(nonCharacters, escapeUnit).replace(special, reference);
}

function escapeUnit(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16)}`;
}

function reference(char: string): string {
  return `&#${char.charCodeAt(0)};`;
}
