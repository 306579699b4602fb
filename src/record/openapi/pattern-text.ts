/** What a piece of a pattern is: one of some characters, several pieces in a row, or a piece some times. */
type Piece =
  | { readonly kind: 'chars'; readonly chars: string }
  | { readonly kind: 'row'; readonly pieces: readonly Piece[] }
  | { readonly kind: 'times'; readonly piece: Piece; readonly least: number; readonly most: number };

const letters = 'abcdefghijklmnopqrstuvwxyz';
const digits = '1234567890';
const wordChars = `${letters}${letters.toUpperCase()}${digits}_`;
const anyChars = `${letters}${digits} `;
const printable = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('');
const classes: Readonly<Record<string, string>> = { d: digits, w: wordChars, s: ' ', D: letters, W: '-', S: wordChars };
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', 0: '\0' };

/** The longest text that is made. */
const longest = 10_000;

/**
 * A text that fits a regular expression.
 * @returns nothing where it looks around or back, or is of no such length
 */
export function patternText(pattern: string, least = 0, most = longest): string | undefined {
  const piece = new PatternReader(pattern).read();
  if (piece === undefined) return undefined;
  const missing = Math.max(least - (new PieceWriter(0).write(piece)?.length ?? 0), 0);
  for (const extra of [0, -1, missing, 1, 2, 4, 8, 16, 32, 64, 128, 256, 1024, 4096]) {
    const text = new PieceWriter(extra).write(piece);
    if (text !== undefined && text.length >= least && text.length <= most) return text;
  }
  return undefined;
}

/** Writes a text for a piece: what may be there is, and once. */
class PieceWriter {
  private count = 0;
  private left = longest;
  private readonly extra: number;

  /** @param extra how much more often than needed a piece comes; below 0: what need not be there is not */
  constructor(extra: number) {
    this.extra = extra;
  }

  write(piece: Piece): string | undefined {
    if (this.left-- < 0) return undefined;
    if (piece.kind === 'chars') return piece.chars[this.count++ % piece.chars.length] ?? undefined;
    if (piece.kind === 'row') return this.row(piece.pieces);
    const usual = this.extra < 0 ? piece.least : Math.max(piece.least, 1) + this.extra;
    return this.row(Array.from({ length: Math.min(usual, piece.most, longest) }, () => piece.piece));
  }

  private row(pieces: readonly Piece[]): string | undefined {
    let text = '';
    for (const piece of pieces) {
      const written = this.write(piece);
      if (written === undefined) return undefined;
      text += written;
    }
    return text;
  }
}

const nothing: Piece = { kind: 'row', pieces: [] };

/** Reads regular expressions of ECMA-262, as far as a text can be told from them piece by piece. */
class PatternReader {
  private readonly pattern: string;
  private at = 0;
  private depth = 0;
  private isRefused = false;

  constructor(pattern: string) {
    this.pattern = pattern;
  }

  read(): Piece | undefined {
    const piece = this.choice();
    return this.isRefused || this.at < this.pattern.length ? undefined : piece;
  }

  /** The first of several. */
  private choice(): Piece {
    if (++this.depth > 50) this.isRefused = true;
    const first = this.isRefused ? nothing : this.row();
    while (!this.isRefused && this.take(/\|/y) !== '') this.row();
    this.depth--;
    return first;
  }

  private row(): Piece {
    const pieces: Piece[] = [];
    while (!this.isRefused && this.at < this.pattern.length && !/[|)]/.test(this.pattern[this.at] ?? ''))
      pieces.push(this.times(this.atom()));
    return { kind: 'row', pieces };
  }

  private times(piece: Piece): Piece {
    const [sign, least, comma, most] = this.match(/(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/y);
    if (sign === undefined) return piece;
    const bound = (digitsOf: string | undefined, otherwise: number) =>
      digitsOf === undefined || digitsOf === '' ? otherwise : Math.min(Number(digitsOf), longest);
    if (sign.startsWith('{')) {
      const from = bound(least, 0);
      return { kind: 'times', piece, least: from, most: comma === '' ? from : bound(most, longest) };
    }
    return { kind: 'times', piece, least: sign.startsWith('+') ? 1 : 0, most: sign.startsWith('?') ? 1 : longest };
  }

  private atom(): Piece {
    if (this.take(/\\[bB]|[$^]/y) !== '') return nothing;
    if (this.take(/\(\?(?::|<[A-Za-z]\w*>)|\((?!\?)/y) !== '') return this.group();
    if (this.take(/\[/y) !== '') return this.charClass();
    if (this.take(/\./y) !== '') return { kind: 'chars', chars: anyChars };
    if (this.pattern[this.at] === '(' || /^\\(?:[1-9kpP]|c)/.test(this.pattern.slice(this.at, this.at + 2))) {
      this.isRefused = true;
      return nothing;
    }
    return { kind: 'chars', chars: this.char() };
  }

  private group(): Piece {
    const piece = this.choice();
    if (this.take(/\)/y) === '') this.isRefused = true;
    return piece;
  }

  private charClass(): Piece {
    const isOther = this.take(/\^/y) !== '';
    let chars = '';
    while (this.at < this.pattern.length && this.pattern[this.at] !== ']') {
      const from = this.char();
      const isRange = from.length === 1 && this.take(/-(?!\])/y) !== '';
      chars += isRange ? between(from, this.char()) : from;
    }
    if (this.take(/\]/y) === '') this.isRefused = true;
    const kept = isOther ? [...`${wordChars}${printable}`].filter((char) => !chars.includes(char)).join('') : chars;
    if (kept === '') this.isRefused = true;
    return { kind: 'chars', chars: kept };
  }

  /** A character, or those that an escape stands for. */
  private char(): string {
    const [all, code, hex, escaped, plain = ''] = this.match(
      /\\u\{?([\da-fA-F]{4,6})\}?|\\x([\da-fA-F]{2})|\\([\s\S])|([\s\S])/y,
    );
    if (all === undefined) this.isRefused = true;
    if (escaped !== undefined) return classes[escaped] ?? escapes[escaped] ?? escaped;
    const digitsOf = code ?? hex;
    const point = digitsOf === undefined ? undefined : Number.parseInt(digitsOf, 16);
    return point === undefined ? plain : point > 0xffff ? ' ' : String.fromCharCode(point);
  }

  private take(pattern: RegExp): string {
    return this.match(pattern)[0] ?? '';
  }

  private match(pattern: RegExp): readonly (string | undefined)[] {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.pattern);
    this.at += found?.[0].length ?? 0;
    return found ?? [];
  }
}

/** The characters of a range, as many as a text may need. */
function between(from: string, to: string): string {
  const [first, last] = [from.charCodeAt(0), to.charCodeAt(0)];
  return Array.from({ length: Math.max(Math.min(last - first + 1, 200), 0) }, (_, i) =>
    String.fromCharCode(first + i),
  ).join('');
}
