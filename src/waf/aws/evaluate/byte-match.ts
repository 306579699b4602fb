import type { ComparisonOperator, PositionalConstraint } from '../acl/statement.js';
import type { Predicate } from './inspect.js';
import { word } from './regex/byte-set.js';

/** Whether a text of bytes stands where it must. */
export function byteMatch(search: Uint8Array, position: PositionalConstraint): Predicate {
  const wanted = Buffer.from(search).toString('latin1');
  switch (position) {
    case 'EXACTLY':
      return (text) => text === wanted;
    case 'STARTS_WITH':
      return (text) => text.startsWith(wanted);
    case 'ENDS_WITH':
      return (text) => text.endsWith(wanted);
    case 'CONTAINS':
      return (text) => text.includes(wanted);
    case 'CONTAINS_WORD':
      return (text) => containsWord(text, wanted);
  }
}

/** Letters, digits and underscores make words. */
function containsWord(text: string, wanted: string): boolean {
  if (wanted === '') return false;
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1))
    if (!isWord(text, at - 1) && !isWord(text, at + wanted.length)) return true;
  return false;
}

function isWord(text: string, at: number): boolean {
  return at >= 0 && at < text.length && word[text.charCodeAt(at)] === 1;
}

/** Whether a text has the length that is asked for, in bytes. */
export function sizeMatch(comparison: ComparisonOperator, size: number): Predicate {
  switch (comparison) {
    case 'EQ':
      return ({ length }) => length === size;
    case 'NE':
      return ({ length }) => length !== size;
    case 'LE':
      return ({ length }) => length <= size;
    case 'LT':
      return ({ length }) => length < size;
    case 'GE':
      return ({ length }) => length >= size;
    case 'GT':
      return ({ length }) => length > size;
  }
}
