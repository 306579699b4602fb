import type { FormControl } from '../../html/form-controls.js';

const secretName = /token|csrf|xsrf|nonce|sess|auth|secret|passw|pwd|signature|^_?key$|[-_.]key$|viewstate|captcha/i;

/** So short a value opens nothing. */
const shortest = 6;
const shortestToken = 16;

/** Whether a field of a page holds what opens something: by its name, or because its value looks made by a machine. */
export function opensSomething({ name, value, kind }: FormControl): boolean {
  if (kind === 'password') return value !== '';
  if (kind !== 'hidden' || value.length < shortest) return false;
  return secretName.test(name) || isMachineMade(value);
}

function isMachineMade(value: string): boolean {
  return (
    value.length >= shortestToken &&
    /^[\w+/=.~:|\\-]+$/.test(value) &&
    /\d/.test(value) &&
    /[a-z]/i.test(value) &&
    !/^[/.]/.test(value)
  );
}
