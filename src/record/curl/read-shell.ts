import { outputOf, programReason } from './command-output.js';
import type { ShellCommand, ShellInput } from './shell-command.js';
import { ansiText, endOfBackquotes, expandDollar, joinSurrogates } from './shell-expansion.js';

/** A command that is still being read. */
interface OpenCommand {
  readonly words: string[];
  readonly unset: string[];
  readonly programs: string[];
  readonly at: number;
  input?: ShellInput;
  unknown?: string;
}

/** A here-document that begins after the line. */
interface Pending {
  readonly tag: string;
  readonly isQuoted: boolean;
  readonly stripsTabs: boolean;
  readonly command: OpenCommand;
}

/**
 * Reads commands of a POSIX shell or bash, word by word, as far as that goes without running anything: quotes, `$'…'`,
 * here-documents, variables that the text sets, pipes from `echo`, `printf` and `cat`.
 */
export class ShellReader {
  private readonly text: string;
  private readonly variables: Map<string, string>;
  private at: number;
  private commands: OpenCommand[] = [];
  private command: OpenCommand;
  private word: string | undefined;
  private pending: Pending[] = [];
  private unset: string[] = [];
  /** Lines of a terminal go on behind `> `. */
  private readonly hasPrompt: boolean;
  private piped: OpenCommand | undefined;

  /** @param text bytes, one character a byte */
  constructor(text: string, at: number, variables: Map<string, string>, hasPrompt = false) {
    this.text = text;
    this.at = at;
    this.variables = variables;
    this.hasPrompt = hasPrompt;
    this.command = this.begin();
  }

  /** The commands of one line, with all that its quotes and here-documents hold, and where the next line begins. */
  readLine(): { readonly commands: readonly ShellCommand[]; readonly next: number } {
    while (this.at < this.text.length && !this.step());
    this.endCommand();
    return { commands: this.commands, next: this.at };
  }

  /** @returns whether the line is over */
  private step(): boolean {
    const char = this.text[this.at] ?? '';
    if (char === '\n') return this.lineEnd();
    if (/[ \t\r]/.test(char)) this.endWord(1);
    else if (char === '\\') this.backslash();
    else if (char === '#' && this.word === undefined) this.at = this.lineFrom(this.at);
    else if (/[;&|()]/.test(char)) this.operator(char);
    else if (char === '<' || char === '>') this.redirection(char);
    else this.piece(char);
    return false;
  }

  private lineEnd(): true {
    this.endWord(1);
    for (const one of this.pending) this.hereDocument(one);
    this.pending = [];
    return true;
  }

  private backslash(): void {
    const line = /^\\\r?\n/.exec(this.text.slice(this.at, this.at + 3))?.[0];
    if (line === undefined) {
      this.add(this.text[this.at + 1] ?? '', 2);
      return;
    }
    this.at += line.length;
    if (this.hasPrompt) this.at += /^[ \t]*> /.exec(this.text.slice(this.at, this.at + 80))?.[0].length ?? 0;
  }

  private operator(char: string): void {
    const isRedirection = char === '&' && /^&>/.test(this.text.slice(this.at, this.at + 2));
    if (isRedirection) {
      this.at++;
      return;
    }
    const length = this.text[this.at + 1] === char ? 2 : 1;
    this.endWord(length);
    const from = char === '|' && length === 1 ? this.command : undefined;
    this.endCommand();
    this.piped = from;
    // A line that ends in an operator goes on in the next one.
    if (/[&|]/.test(char)) this.at += /^[ \t]*\r?\n/.exec(this.text.slice(this.at, this.at + 200))?.[0].length ?? 0;
  }

  private redirection(char: string): void {
    if (/^[<>]\(/.test(this.text.slice(this.at, this.at + 2))) {
      this.unknown('<(...)');
      this.at++;
      return;
    }
    if (this.word !== undefined && /^\d$/.test(this.word)) this.word = undefined;
    this.endWord(0);
    const here = /^<<(-?)[ \t]*(?:'([^'\n]*)'|"([^"\n]*)"|(\\?)([\w.!-]+))/.exec(
      this.text.slice(this.at, this.at + 200),
    );
    if (here !== null && !this.text.startsWith('<<<', this.at)) this.hereTag(here);
    else if (char === '<') this.inputFrom();
    else this.skipTarget();
  }

  private hereTag([all, dash, single, double, backslash = '', bare = '']: RegExpExecArray): void {
    const isQuoted = single !== undefined || double !== undefined || backslash !== '';
    this.pending.push({ tag: single ?? double ?? bare, isQuoted, stripsTabs: dash === '-', command: this.command });
    this.at += all.length;
  }

  private inputFrom(): void {
    const isString = this.text.startsWith('<<<', this.at);
    const isDescriptor = this.text.startsWith('<&', this.at);
    this.at += isString ? 3 : isDescriptor ? 2 : 1;
    const text = this.nextWord();
    if (!isDescriptor)
      this.command.input = isString ? { kind: 'text', text: `${text}\n` } : { kind: 'file', path: text };
  }

  private skipTarget(): void {
    this.at += /^>[>|&]?/.exec(this.text.slice(this.at, this.at + 2))?.[0].length ?? 1;
    this.nextWord();
  }

  private nextWord(): string {
    while (/[ \t]/.test(this.text[this.at] ?? '')) this.at++;
    while (this.at < this.text.length && !/[\s;&|()<>]/.test(this.text[this.at] ?? '')) {
      if (this.text[this.at] === '\\') this.backslash();
      else this.piece(this.text[this.at] ?? '');
    }
    const word = this.word ?? '';
    this.word = undefined;
    return joinSurrogates(word);
  }

  /** A piece of a word. */
  private piece(char: string): void {
    if (char === "'") this.add(...this.until("'"));
    else if (char === '"') this.doubleQuoted(this.at + 1);
    else if (char === '$') this.dollar();
    else if (char === '`') this.backquotes();
    else this.add(char, 1);
  }

  private until(quote: string): [string, number] {
    const end = this.text.indexOf(quote, this.at + 1);
    if (end < 0) this.command.unknown ??= 'a quote in it is never closed';
    const stop = end < 0 ? this.text.length : end;
    return [this.text.slice(this.at + 1, stop), stop + 1 - this.at];
  }

  private dollar(): void {
    const next = this.text[this.at + 1];
    if (next === "'") {
      const { value, end } = ansiText(this.text, this.at + 2);
      this.add(value, end - this.at);
    } else if (next === '"') this.doubleQuoted(this.at + 2);
    else this.add(...this.expansion());
  }

  private expansion(): [string, number] {
    const { length, value, unset, runs } = expandDollar(this.text, this.at, this.variables);
    if (runs !== undefined) this.unknown(runs);
    if (unset !== undefined) this.unset.push(unset);
    return [value, Math.max(length, 1)];
  }

  private backquotes(): void {
    const end = endOfBackquotes(this.text, this.at);
    this.unknown(this.text.slice(this.at, end));
    this.add('', end - this.at);
  }

  private doubleQuoted(from: number): void {
    this.word ??= '';
    this.at = from;
    while (this.at < this.text.length && this.text[this.at] !== '"') {
      const char = this.text[this.at] ?? '';
      if (char === '\\') this.add(...this.escapeInQuotes());
      else if (char === '$') this.add(...this.expansion());
      else if (char === '`') this.backquotes();
      else this.add(char, 1);
    }
    if (this.at >= this.text.length) this.command.unknown ??= 'a quote in it is never closed';
    this.at++;
  }

  private escapeInQuotes(): [string, number] {
    const rest = this.text.slice(this.at, this.at + 3);
    const line = /^\\\r?\n/.exec(rest)?.[0];
    if (line !== undefined) return ['', line.length];
    return /^\\[$`"\\]/.test(rest) ? [rest[1] ?? '', 2] : ['\\', 1];
  }

  private hereDocument({ tag, isQuoted, stripsTabs, command }: Pending): void {
    const lines: string[] = [];
    while (this.at < this.text.length) {
      const end = this.lineFrom(this.at);
      const line = this.text.slice(this.at, end).replace(stripsTabs ? /^\t+/ : /^/, '');
      this.at = end + 1;
      if (line.replace(/\r$/, '') === tag) break;
      lines.push(`${line}\n`);
    }
    const text = lines.join('');
    command.input = isQuoted ? { kind: 'text', text } : this.expandedText(text, command);
  }

  private expandedText(text: string, command: OpenCommand): ShellInput {
    const inner = new ShellReader(text, 0, this.variables);
    const { value, unset, unknown } = inner.readText();
    command.unset.push(...unset);
    return unknown === undefined ? { kind: 'text', text: value } : { kind: 'unknown', reason: unknown };
  }

  /** All of the text as what stands in double quotes, quotes being nothing special. */
  private readText() {
    this.word = '';
    while (this.at < this.text.length) {
      const char = this.text[this.at] ?? '';
      if (char === '\\' && this.text[this.at + 1] !== '"') this.add(...this.escapeInQuotes());
      else if (char === '$') this.add(...this.expansion());
      else if (char === '`') this.backquotes();
      else this.add(char, 1);
    }
    return { value: joinSurrogates(this.word), unset: this.unset, unknown: this.command.unknown };
  }

  private add(text: string, length: number): void {
    this.word = (this.word ?? '') + text;
    this.at += length;
  }

  private unknown(what: string): void {
    this.command.programs.push(what.replace(/^(?:\$\(|`)|[)`]$/g, ''));
    this.command.unknown ??= programReason(Buffer.from(what, 'latin1').toString('utf8'));
  }

  private endWord(length: number): void {
    if (this.word !== undefined) this.command.words.push(joinSurrogates(this.word));
    this.word = undefined;
    this.at += length;
  }

  private endCommand(): void {
    this.endWord(0);
    this.command.unset.push(...this.unset);
    this.unset = [];
    if (this.piped !== undefined) this.command.input ??= outputOf(this.piped);
    this.piped = undefined;
    if (this.command.words.length > 0) this.commands.push(this.command);
    rememberAssignments(this.command, this.variables);
    this.command = this.begin();
  }

  private begin(): OpenCommand {
    return { words: [], unset: [], programs: [], at: this.at };
  }

  private lineFrom(at: number): number {
    const end = this.text.indexOf('\n', at);
    return end < 0 ? this.text.length : end;
  }
}

/** `TOKEN=abc` and `export TOKEN=abc` hold for what follows. */
function rememberAssignments({ words, unknown }: OpenCommand, variables: Map<string, string>): void {
  const own = /^(?:export|readonly|local)$/.test(words[0] ?? '') ? words.slice(1) : words;
  if (unknown !== undefined || !own.every((word) => /^[A-Za-z_]\w*=/.test(word))) return;
  for (const word of own) variables.set(word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1));
}
