import { displayWidth } from './display-width.js';

/**
 * The text in lines of at most so many columns, broken at blanks; a longer word has a line of its own. Without a
 * number of columns it is one line.
 */
export function wrapText(text: string, columns: number | undefined): readonly string[] {
  return columns === undefined ? [text] : wrapped(text.split(/\s+/), columns);
}

/** A command line in the same way, so that a shell still reads it: a line that goes on ends in `\`, and quoted text stays whole. */
export function wrapCommand(command: string, columns: number | undefined): readonly string[] {
  if (columns === undefined || displayWidth(command) <= columns) return [command];
  const words = command.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [];
  const lines = wrapped(words, columns - continued.length - goesOn.length);
  return lines.map((line, i) => `${i === 0 ? '' : continued}${line}${i === lines.length - 1 ? '' : goesOn}`);
}

const continued = '  ';
const goesOn = ' \\';

function wrapped(words: readonly string[], columns: number): readonly string[] {
  const lines: string[] = [];
  for (const word of words) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && displayWidth(longer) <= columns) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
