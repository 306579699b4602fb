import type { ShellCommand } from './shell-command.js';

/** A caret at the end of a line that goes on, and one before the quote of a word. */
const surely = /\^[ \t]*\r?\n[ \t]*(?:-|\^?"|https?:)|(?:\bcurl(?:\.exe)?|[ \t]--?[\w-]+)[ \t]+\^"/i;
/** Carets before signs, in a text without words in single quotes. */
const perhaps = /%\^|[\w"]\^[&%]/;

/** Whether a text is of the command prompt of Windows. */
export function isCmd(text: string): boolean {
  if (!/\bcurl/i.test(text) || /\\\r?\n/.test(text)) return false;
  return surely.test(text) || (perhaps.test(text) && !/[ \t]\$?'/.test(text));
}

/**
 * The commands of a text for cmd.exe: first carets are taken out, as cmd does, then words are parted as the C run-time of
 * Windows does. Chrome puts carets inside of quotes too, where cmd keeps them, and a backslash before each backslash: what is
 * copied there is read as it is meant. Firefox doubles backslashes too.
 * @param text bytes, one character a byte
 */
export function readCmd(text: string): readonly ShellCommand[] {
  const isCopy = /\^["&%{}<>|!$\\[\]^#@]/.test(text) && !ofFirefox.test(text);
  return new CaretReader(text, isCopy).lines().flatMap(({ line, at }) => {
    const words = new WordReader(line, isCopy || ofFirefox.test(text)).words();
    return words.length === 0 ? [] : [{ words, unset: [], programs: [], at }];
  });
}

/** Firefox writes a quote as two, and puts `%` and line breaks between words in quotes, without carets in them. */
const ofFirefox = /[^\s"^\\]""|[ \t]"""|"%"|"\^\r?\n\r?\n"/;

/** A line break that is part of a word. */
const lineBreak = '\u0100';

interface CommandLine {
  readonly line: string;
  readonly at: number;
}

/** Takes a text apart into command lines without carets. */
class CaretReader {
  private readonly text: string;
  private readonly isCopy: boolean;
  private readonly found: CommandLine[] = [];
  private line = '';
  private start = 0;
  private isQuoted = false;

  constructor(text: string, isCopy: boolean) {
    this.text = text;
    this.isCopy = isCopy;
  }

  lines(): readonly CommandLine[] {
    for (let at = 0; at < this.text.length; ) at += this.step(at);
    this.end(this.text.length);
    return this.found;
  }

  /** @returns how many characters it took */
  private step(at: number): number {
    const char = this.text[at] ?? '';
    if (char === '^' && (this.isCopy || !this.isQuoted)) return this.caret(at);
    if (char === '\n' || (!this.isQuoted && /[&|]/.test(char))) return this.end(at + 1);
    if (char === '"' && !this.isCopy) this.isQuoted = !this.isQuoted;
    if (char !== '\r') this.line += char;
    // `%^` keeps cmd from taking what follows for a variable.
    return this.isCopy && char === '%' && this.text[at + 1] === '^' ? 2 : 1;
  }

  /** An empty line behind a caret is a line break, another only goes on. */
  private caret(at: number): number {
    const rest = this.text.slice(at, at + 8);
    const empty = /^\^\r?\n\^?\r?\n/.exec(rest)?.[0];
    const line = /^\^[ \t]*\r?\n/.exec(rest)?.[0];
    this.line += empty !== undefined ? lineBreak : line !== undefined ? ' ' : (rest[1] ?? '');
    return empty?.length ?? line?.length ?? 2;
  }

  private end(at: number): 1 {
    this.found.push({ line: this.line, at: this.start });
    this.line = '';
    this.start = at;
    return 1;
  }
}

/** Parts words as programs on Windows do: backslashes count only before a quote, in copies everywhere. */
class WordReader {
  private readonly line: string;
  private readonly special: RegExp;
  private readonly found: string[] = [];
  private word: string | undefined;
  private isQuoted = false;

  constructor(line: string, isCopy: boolean) {
    this.line = line;
    this.special = isCopy ? /(?:(\\+)("?)|")/y : /(\\*)(")/y;
  }

  words(): readonly string[] {
    for (let at = 0; at < this.line.length; ) at += this.step(at);
    this.endWord();
    return this.found;
  }

  private step(at: number): number {
    this.special.lastIndex = at;
    const run = this.special.exec(this.line);
    if (run !== null) return this.backslashes(run, at);
    const char = this.line[at] ?? '';
    if (!this.isQuoted && /\s/.test(char)) this.endWord();
    else this.word = (this.word ?? '') + (char === lineBreak ? '\n' : char);
    return 1;
  }

  /** Each two are one, and an odd one before a quote makes it part of the word; so does a second quote in quotes. */
  private backslashes([all, slashes = '']: RegExpExecArray, at: number): number {
    const isOdd = slashes.length % 2 === 1;
    const isQuote = all.endsWith('"');
    const isDoubled = isQuote && !isOdd && this.isQuoted && this.line[at + all.length] === '"';
    if (isDoubled) {
      this.word = `${this.word ?? ''}${'\\'.repeat(slashes.length >> 1)}"`;
      return all.length + 1;
    }
    this.word = (this.word ?? '') + '\\'.repeat(slashes.length >> 1) + (isOdd ? (isQuote ? '"' : '\\') : '');
    if (isQuote && !isOdd) this.isQuoted = !this.isQuoted;
    return all.length;
  }

  private endWord(): void {
    if (this.word !== undefined) this.found.push(this.word);
    this.word = undefined;
  }
}
