import { printable } from '../../util/printable.js';
import { formatCount } from '../run-texts.js';

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

/** A section of a page takes so many characters of rows, so that those after it are there too. */
const maxRows = 12_000;

/** The first rows of a table, as many as a section takes, and how many of `total` are not there. */
export function shortTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  total: number,
): readonly string[] {
  const [first = '', second = '', ...lines] = table(head, rows);
  const kept = asManyLines(lines);
  const more = total - kept.length;
  return [first, second, ...kept, ...(more > 0 ? ['', `… and ${formatCount(more)} more.`] : [])];
}

/** As many lines, from the first one, as a section takes; one at least. */
export function asManyLines(lines: readonly string[]): readonly string[] {
  let length = 0;
  const end = lines.findIndex((line, index) => {
    length += line.length + 1;
    return index > 0 && length > maxRows;
  });
  return end === -1 ? lines : lines.slice(0, end);
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
