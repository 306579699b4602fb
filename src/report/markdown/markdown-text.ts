import { printable } from '../../util/printable.js';

const punctuation = /[!-/:-@[-`{-~]/g;
const maxLength = 500;

/**
 * Text that nothing in Markdown can take for markup, a mention, a link or the end of a table cell: each mark that could mean
 * something is a reference (CommonMark 6.2: those are never markup). It is one line.
 */
export function plainText(text: string): string {
  return spaced(
    oneLine(text).replace(punctuation, (char, at, line) => (isHarmless(char, at, line) ? char : reference(char))),
  );
}

/**
 * Text in the typeface of code, for tables too. What has a backtick or a pipe in it stands in an element, for which all viewers of
 * Markdown agree; the rest stays readable in the source.
 */
export function codeText(text: string): string {
  const line = oneLine(text);
  if (line === '') return '';
  if (!/[`|\\]/.test(line) && line.trim() === line && !/ {2}/.test(line)) return `\`${line}\``;
  return `<code>${spaced(line.replace(punctuation, reference))}</code>`;
}

/** Lines as a block of code, with a fence that nothing in them can close. */
export function codeBlock(lines: string, language: string): readonly string[] {
  const longest = Math.max(2, ...[...lines.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...lines.split('\n').map(printable), fence];
}

/** A table of cells that are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

/** On one line, and no longer than a table bears. */
function oneLine(text: string): string {
  return printable(text.length > maxLength ? `${text.slice(0, maxLength)}…` : text);
}

/** Spaces that Markdown would take away, at the ends and side by side, are references. */
function spaced(text: string): string {
  return text.replace(/^ | $| (?= )/g, '&#32;');
}

/** Marks of plain sentences, where no list, link or emoji can begin with them. */
function isHarmless(char: string, at: number, line: string): boolean {
  if (at === 0) return false;
  if (char === '.') return !/www$/i.test(line.slice(Math.max(0, at - 3), at));
  if (char === ':') return !/^:(?:\/|[\w+-]+:)/.test(line.slice(at, at + 60));
  if (char === '_')
    return (
      /\w/.test(line[at - 1] ?? '') && /[A-Za-z0-9]/.test(line[at + 1] ?? '') && /[A-Za-z0-9]/.test(line[at - 1] ?? '')
    );
  return ',;()/%?"\'=+-{}'.includes(char);
}

function reference(char: string): string {
  return `&#${char.charCodeAt(0)};`;
}
