import { invisiblePattern } from './printable.js';

/** zsh takes what begins with `=` for the name of a command whose path is meant. */
const plainWord = /^(?!=)[\w%+,./:=@-]+$/;
const escaped = new RegExp(`[\\\\]|${invisiblePattern}`, 'gu');
const invisibleRuns = new RegExp(`((?:(?!\\n)${invisiblePattern})+)`, 'u');

/**
 * One argument of a POSIX shell command that stands for exactly this text. What is visible is in single quotes.
 * Invisible characters come from `printf`, because a terminal that the command is pasted into would act on them (an
 * escape sequence, a tab, a carriage return), and `$'…'` is not known to every shell. An argument cannot hold NUL:
 * it is left out. A lone surrogate becomes U+FFFD, as it does when text is sent.
 */
export function shellQuote(text: string): string {
  const clean = text.replaceAll('\0', '').toWellFormed();
  if (plainWord.test(clean)) return clean;
  if (clean === '') return "''";
  return clean
    .split(invisibleRuns)
    .map((piece, index) => (index % 2 === 0 ? quoteVisible(piece) : `"$(printf %b ${printfText(piece)})"`))
    .join('');
}

/** Argument for `printf %b` that makes it write exactly this text as UTF-8, NUL included. */
export function printfText(text: string): string {
  return quoteVisible(text.toWellFormed().replace(escaped, escapeForPrintf));
}

function quoteVisible(text: string): string {
  return text === '' ? '' : `'${text.replaceAll("'", "'\\''")}'`;
}

const shortEscapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escapeForPrintf(char: string): string {
  return shortEscapes[char] ?? [...Buffer.from(char)].map((byte) => `\\0${byte.toString(8).padStart(3, '0')}`).join('');
}
