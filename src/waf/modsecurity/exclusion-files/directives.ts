/** A part of a text, from its first character to the one after its last. */
export interface DirectiveSpan {
  readonly start: number;
  readonly end: number;
}

/** A word of a directive. The span is that of what stands between the quotes, where there are some. */
export interface Word extends DirectiveSpan {
  readonly quoted: boolean;
}

/** A directive on one line, or on several that end in a backslash. The span ends before the last line break. */
export interface Directive extends DirectiveSpan {
  readonly name: string;
  readonly words: readonly Word[];
}

/**
 * The directives of a configuration text, one byte a character (Latin-1), in order. Comments and blank lines are left out; whatever else stands there is
 * a directive, of which the engine knows whether it has a meaning. Takes time in proportion to the length of the text.
 */
export function readDirectives(text: string): readonly Directive[] {
  const found: Directive[] = [];
  for (let start = 0; start < text.length; ) {
    const begin = skip(text, start, isBlank);
    const end = endOfLine(text, begin);
    if (begin < end && text[begin] !== '#') found.push(readDirective(text, begin, end));
    start = end + 1;
  }
  return found;
}

/** A value as the engine takes it: continued lines are joined, an escaped quote is a quote, and bytes are UTF-8. */
export function readValue(text: string, { start, end }: DirectiveSpan): string {
  const value = text
    .slice(start, end)
    .replace(/\\\r?\n/g, '')
    .replace(/\\"/g, '"');
  return Buffer.from(value, 'latin1').toString('utf8');
}

/** The first index from `start` on whose character is not of a kind. */
function skip(text: string, start: number, is: (char: string) => boolean): number {
  let at = start;
  while (at < text.length && is(text.charAt(at))) at++;
  return at;
}

/** Behind spaces, tabs and continued lines. */
export function skipSpace(text: string, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const length = continuation(text, at) || Number(isBlank(text.charAt(at)));
    if (length === 0) return at;
    at += length;
  }
  return at;
}

/** The length of a backslash and the line break behind it, 0 where there is none. */
function continuation(text: string, at: number): number {
  if (text[at] !== '\\') return 0;
  if (text[at + 1] === '\n') return 2;
  return text[at + 1] === '\r' && text[at + 2] === '\n' ? 3 : 0;
}

function isBlank(char: string): boolean {
  return char === ' ' || char === '\t' || char === '\r';
}

/** Rules that were made a comment go on behind a backslash in libmodsecurity 3, other comments do not. */
const ruleAsComment = /^#[ \t]*Sec(?:Rule|Action)/i;
const ruleNameLength = 200;

/** Where the line ends that begins at `start`, with the lines that continue it. */
function endOfLine(text: string, start: number): number {
  const continues = text[start] !== '#' || ruleAsComment.test(text.slice(start, start + ruleNameLength));
  for (let from = start; ; ) {
    const end = text.indexOf('\n', from);
    if (end < 0) return text.length;
    const last = text[end - 1] === '\r' ? end - 2 : end - 1;
    if (!continues || last < start || text[last] !== '\\') return end;
    from = end + 1;
  }
}

function readDirective(text: string, start: number, end: number): Directive {
  const words: Word[] = [];
  for (let at = skipSpace(text, start, end); at < end; ) {
    const word = readWord(text, at, end);
    words.push(word);
    at = skipSpace(text, word.end + Number(word.quoted), end);
  }
  const [first, ...others] = words;
  return { start, end, name: first === undefined ? '' : readValue(text, first), words: others };
}

function readWord(text: string, start: number, end: number): Word {
  const quote = text.charAt(start);
  if (quote !== '"' && quote !== "'") return { start, end: endOfPlainWord(text, start, end), quoted: false };
  let at = start + 1;
  while (at < end && text[at] !== quote) at += text[at] === '\\' ? 2 : 1;
  return { start: start + 1, end: Math.min(at, end), quoted: true };
}

function endOfPlainWord(text: string, start: number, end: number): number {
  let at = start + 1;
  while (at < end && !isBlank(text.charAt(at)) && continuation(text, at) === 0) at++;
  return at;
}
