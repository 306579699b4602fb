import { type RandomForm, randomForms } from '../model/case.js';
import { closest } from '../util/closest.js';

/** What stands after `!random`. */
export interface RandomShape {
  readonly form: RandomForm;
  /** In characters. */
  readonly length: number;
}

export const randomUsage = 'uuid, base64, hex or token, and the number of characters where it is not a uuid';

const defaultLength = 32;
const uuidLength = 36;
const longest = 1_000_000;

/** Reads `hex 32`; a text says what is wrong. */
export function parseRandom(words: string): RandomShape | string {
  const [name = '', count, ...rest] = words.trim().split(/\s+/);
  const form = randomForms.find((known) => known === name);
  if (form === undefined) return unknownForm(name);
  const length = count === undefined ? defaultLength : Number(/^\d{1,7}$/.test(count) ? count : Number.NaN);
  if (rest.length > 0 || !(length >= 1 && length <= longest))
    return `after "!random ${form}" stands a number of characters from 1 to ${longest}, or nothing`;
  if (form === 'uuid') return count === undefined ? { form, length: uuidLength } : 'a uuid always has 36 characters';
  if (form === 'base64' && length % 4 !== 0) return 'a base64 text has 4, 8, 12 … characters: groups of four';
  return { form, length };
}

function unknownForm(name: string): string {
  const near = closest(name, randomForms);
  return `!random takes ${randomUsage}, not "${name}"${near === undefined ? '' : `; did you mean "${near}"?`}`;
}
