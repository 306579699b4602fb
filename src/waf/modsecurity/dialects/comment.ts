import { printable } from '../../../util/printable.js';

const longest = 160;

/**
 * A comment line of a configuration file. What comes from suites and logs may hold anything: it is kept on one line, with
 * everything that cannot be seen as an escape; no backslash at its end draws the next line into the comment, and nothing
 * in it ends a Caddyfile's text or stands for something else there.
 */
export function comment(text: string): string {
  const line = printable(text.replace(/[\r\n\t]+/g, ' ').replace(/\p{Noncharacter_Code_Point}/gu, '?'))
    .replaceAll('`', "'")
    .replace(/\{(?=\$|args\b|block)/g, '( ');
  return `# ${[...line].slice(0, longest).join('')}`.replace(/[\s\\]+$/, '');
}
