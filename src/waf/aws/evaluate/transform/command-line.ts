import { readings } from './transformation.js';

/**
 * Removes `\ " ' ^` and spaces before `/` and `(`, makes spaces of `,` and `;`, one of several, and small letters. Whether
 * the steps follow one another or run at once, and whether other white space counts, differs from ModSecurity to AWS's text.
 */
export function cmdLine(text: string): string | readonly string[] {
  return readings(inSteps(text, /[\\"'^]+/g), atOnce(text, /[\\"'^]+/g, true));
}

/** As `cmdLine` for Unix; AWS does not list its steps. */
export function cmdLineUnix(text: string): string | readonly string[] {
  return undocumented(text, [/[\\"'^]+/g, /[\\"']+/g], (read) => read);
}

/** As `cmdLine` for Windows; AWS does not list its steps. */
export function cmdLineWin(text: string): string | readonly string[] {
  return undocumented(text, [/[\\"'^]+/g, /["'^]+/g, /["^]+/g], (read) => read.replace(/\\+/g, '\\'));
}

function undocumented(text: string, deleted: readonly RegExp[], last: (text: string) => string) {
  const read = deleted.flatMap((characters) => {
    const kept = lower(text.replace(characters, '').replace(/[,;\s]+/g, ' '));
    return [inSteps(text, characters), atOnce(text, characters, true), atOnce(text, characters, false), kept];
  });
  return readings(...read.flatMap((one) => [last(one), last(withoutEndSpaces(one))]));
}

function inSteps(text: string, deleted: RegExp): string {
  return lower(spacesBefore(text.replace(deleted, ''), ' ').replace(/[,;]/g, ' ').replace(/ +/g, ' '));
}

function atOnce(text: string, deleted: RegExp, closesUp: boolean): string {
  const spaced = text.replace(deleted, '').replace(/[,; \t\n\r\f\v]+/g, ' ');
  return lower(closesUp ? spacesBefore(spaced, ' ') : spaced);
}

/** The text without spaces before `/` and `(`; linear, whatever stands between. */
function spacesBefore(text: string, space: string): string {
  const kept: string[] = [];
  for (let at = 0; at < text.length; ) {
    let end = at;
    while (end < text.length && text.charAt(end) === space) end++;
    const next = text.charAt(end);
    if (end > at && next !== '/' && next !== '(') kept.push(text.slice(at, end));
    const from = end;
    while (end < text.length && text.charAt(end) !== space) end++;
    kept.push(text.slice(from, end));
    at = end;
  }
  return kept.join('');
}

function withoutEndSpaces(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && text.charAt(from) === ' ') from++;
  while (to > from && text.charAt(to - 1) === ' ') to--;
  return text.slice(from, to);
}

/** A to Z alone. */
export function lower(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

export function upper(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}
