/** What a program's text says at a place, as far as it can be told without running it. */
export type Literal =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number' | 'word'; readonly text: string }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [name: string, value: Literal])[] }
  | { readonly kind: 'list'; readonly items: readonly Literal[] }
  /** Something that would have to run, such as `JSON.stringify(…)`; its arguments are read. */
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Literal[] }
  | { readonly kind: 'unknown'; readonly text: string };

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', 0: '\0' };

/** How deep a literal may be nested. */
const mostNested = 200;

/** Reads literals of JavaScript: objects, lists, strings, numbers, and calls of them. */
export class LiteralReader {
  private readonly text: string;
  at: number;
  private depth = 0;

  constructor(text: string, at: number) {
    this.text = text;
    this.at = at;
  }

  read(): Literal {
    this.skip();
    if (++this.depth > mostNested) return this.unknown();
    const literal = this.readOne();
    this.depth--;
    return this.rest(literal);
  }

  /** The arguments of a call whose parenthesis is at the place. */
  readArguments(): readonly Literal[] {
    return this.readList(')');
  }

  private readOne(): Literal {
    const char = this.text[this.at] ?? '';
    if (char === '"' || char === "'" || char === '`') return this.string(char);
    if (char === '{') return this.object();
    if (char === '[') return { kind: 'list', items: this.readList(']') };
    const word = /^(?:new\s+)?[A-Za-z_$][\w$.]*/.exec(this.text.slice(this.at, this.at + 200))?.[0];
    if (word !== undefined) return this.word(word);
    const number = /^-?\d[\w.+-]*/.exec(this.text.slice(this.at, this.at + 100))?.[0];
    if (number === undefined) return this.unknown();
    this.at += number.length;
    return { kind: 'number', text: number };
  }

  private word(word: string): Literal {
    this.at += word.length;
    this.skip();
    if (this.text[this.at] !== '(') return { kind: 'word', text: word };
    return { kind: 'call', name: word.replace(/^new\s+/, ''), args: this.readArguments() };
  }

  private string(quote: string): Literal {
    let value = '';
    for (this.at++; this.at < this.text.length && this.text[this.at] !== quote; this.at++) {
      if (this.text[this.at] === '\\') value += this.escape();
      else if (quote === '`' && this.text.startsWith('${', this.at)) return this.unknown();
      else value += this.text[this.at];
    }
    this.at++;
    return { kind: 'text', text: value };
  }

  /** Leaves the place at the last character of the escape. */
  private escape(): string {
    const rest = this.text.slice(this.at + 1, this.at + 12);
    const code = /^(?:u\{([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2}))/i.exec(rest);
    const line = /^\r?\n/.exec(rest)?.[0];
    this.at += code?.[0].length ?? line?.length ?? 1;
    if (line !== undefined) return '';
    if (code === null) return escapes[rest[0] ?? ''] ?? rest[0] ?? '';
    const point = Number.parseInt(code[1] ?? code[2] ?? code[3] ?? '', 16);
    return point > 0x10ffff ? '' : String.fromCodePoint(point);
  }

  private object(): Literal {
    const entries: (readonly [string, Literal])[] = [];
    this.at++;
    for (this.skip(); this.at < this.text.length && this.text[this.at] !== '}'; this.skip()) {
      const key = this.readOne();
      this.skip();
      if (this.text[this.at] !== ':' || !('text' in key)) return this.unknown();
      this.at++;
      entries.push([key.text, this.read()]);
      if (this.text[this.at] === ',') this.at++;
    }
    this.at++;
    return { kind: 'object', entries };
  }

  private readList(end: string): readonly Literal[] {
    const items: Literal[] = [];
    this.at++;
    for (this.skip(); this.at < this.text.length && this.text[this.at] !== end; this.skip()) {
      const before = this.at;
      items.push(this.read());
      if (this.text[this.at] === ',') this.at++;
      else if (this.at === before) this.at++;
    }
    this.at++;
    return items;
  }

  /** What follows a literal may change it: `"a" + b`, `.toString()`. */
  private rest(literal: Literal): Literal {
    this.skip();
    if (this.at >= this.text.length || /[,)\]};:\n]/.test(this.text[this.at] ?? '')) return literal;
    if (this.text[this.at] !== '+' || literal.kind !== 'text') return this.unknown();
    this.at++;
    const next = this.read();
    return next.kind === 'text' ? { kind: 'text', text: literal.text + next.text } : { kind: 'unknown', text: '+' };
  }

  /** Goes on to where the value ends. */
  private unknown(): Literal {
    const from = this.at;
    let open = 0;
    for (; this.at < this.text.length; this.at++) {
      const char = this.text[this.at] ?? '';
      if (/[([{]/.test(char)) open++;
      else if (/[)\]}]/.test(char) && open-- === 0) break;
      else if (char === ',' && open === 0) break;
    }
    return { kind: 'unknown', text: this.text.slice(from, Math.min(this.at, from + 60)) };
  }

  private skip(): void {
    const blank = /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
    blank.lastIndex = this.at;
    this.at += blank.exec(this.text)?.[0].length ?? 0;
  }
}
