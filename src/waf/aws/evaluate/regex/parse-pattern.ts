import { anyByte, type ByteSet, letterClasses, notNewline, setOf, withBothCases } from './byte-set.js';
import { readClass } from './character-class.js';
import { type Assertion, type Pattern, UnsupportedPattern } from './pattern.js';
import { readEscapedByte } from './pattern-escapes.js';

/** The API takes 512 characters. */
const longest = 2048;
const deepest = 100;

interface Flags {
  readonly ignoresCase: boolean;
  readonly dotTakesNewline: boolean;
  readonly multiline: boolean;
  readonly extended: boolean;
}

const noFlags: Flags = { ignoresCase: false, dotTakesNewline: false, multiline: false, extended: false };
const flagNames: Readonly<Record<string, keyof Flags>> = {
  i: 'ignoresCase',
  s: 'dotTakesNewline',
  m: 'multiline',
  x: 'extended',
};

const assertions: Readonly<Record<string, Assertion>> = {
  A: 'start',
  Z: 'end',
  z: 'very-end',
  b: 'word-edge',
  B: 'no-word-edge',
};

/**
 * Reads the subset of PCRE that AWS WAF takes, bytewise.
 * @throws UnsupportedPattern for what AWS does not take, and for what it may or may not take
 */
export function parsePattern(text: string): Pattern {
  const bytes = Buffer.from(text).toString('latin1');
  if (bytes.length > longest) throw new UnsupportedPattern(`it is longer than ${longest} bytes`);
  return new PatternReader(bytes).read();
}

class PatternReader {
  readonly #text: string;
  #at = 0;
  #flags = noFlags;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Pattern {
    const pattern = this.#choice();
    if (this.#at < this.#text.length) throw new UnsupportedPattern('it closes a group that is not open');
    return pattern;
  }

  #choice(): Pattern {
    const outer = this.#flags;
    if (++this.#depth > deepest) throw new UnsupportedPattern('its groups are nested too deeply');
    const parts = [this.#sequence()];
    while (this.#take('|')) parts.push(this.#sequence());
    this.#flags = outer;
    this.#depth--;
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : { kind: 'choice', parts };
  }

  #sequence(): Pattern {
    const parts: Pattern[] = [];
    while (this.#at < this.#text.length && !'|)'.includes(this.#peek())) {
      if (this.#skipped()) continue;
      const parsed = this.#atom();
      if (parsed !== undefined) parts.push(...this.#repeated(parsed));
    }
    return { kind: 'sequence', parts };
  }

  /** White space and comments, with the flag `x`. */
  #skipped(): boolean {
    if (!this.#flags.extended) return false;
    if (/\s/.test(this.#peek())) {
      this.#at++;
      return true;
    }
    if (this.#peek() !== '#') return false;
    const end = this.#text.indexOf('\n', this.#at);
    this.#at = end === -1 ? this.#text.length : end + 1;
    return true;
  }

  /** Several where a literal between `\Q` and `\E` is: what follows repeats its last byte. */
  #atom(): readonly Pattern[] | undefined {
    const character = this.#peek();
    this.#at++;
    switch (character) {
      case '.':
        return [bytes(this.#flags.dotTakesNewline ? anyByte : notNewline)];
      case '^':
        return [{ kind: 'assertion', assertion: this.#flags.multiline ? 'line-start' : 'start' }];
      case '$':
        return [{ kind: 'assertion', assertion: this.#flags.multiline ? 'line-end' : 'end' }];
      case '[':
        return [this.#class()];
      case '(':
        return this.#group();
      case '\\':
        return this.#escape();
      case '*':
      case '+':
      case '?':
        throw new UnsupportedPattern(`"${character}" has nothing to repeat`);
      default:
        return [this.#literal(character)];
    }
  }

  #literal(character: string): Pattern {
    return this.#bytes(setOf(character));
  }

  #bytes(set: ByteSet): Pattern {
    return bytes(this.#flags.ignoresCase ? withBothCases(set) : set);
  }

  #class(): Pattern {
    const { set, end } = readClass(this.#text, this.#at, this.#flags.ignoresCase);
    this.#at = end;
    return bytes(set);
  }

  #escape(): readonly Pattern[] {
    const letter = this.#peek();
    const set = letterClasses[letter];
    const assertion = assertions[letter];
    if (set !== undefined || assertion !== undefined || letter === 'Q' || letter === 'E') this.#at++;
    if (set !== undefined) return [bytes(set)];
    if (assertion !== undefined) return [{ kind: 'assertion', assertion }];
    if (letter === 'E') return [];
    if (letter === 'Q') return this.#quoted();
    const { byte, end } = readEscapedByte(this.#text, this.#at, false);
    this.#at = end;
    return [this.#literal(byte)];
  }

  #quoted(): readonly Pattern[] {
    const end = this.#text.indexOf('\\E', this.#at);
    const quoted = this.#text.slice(this.#at, end === -1 ? undefined : end);
    this.#at = end === -1 ? this.#text.length : end + 2;
    return [...quoted].map((character) => this.#literal(character));
  }

  /** Nothing where it has no content, as a comment or flags. */
  #group(): readonly Pattern[] | undefined {
    if (this.#peek() === '*') throw new UnsupportedPattern('it has a backtracking verb, which AWS WAF does not take');
    const outer = this.#flags;
    if (this.#take('?') && !this.#openSpecial()) return undefined;
    const inner = this.#choice();
    this.#flags = outer;
    if (!this.#take(')')) throw new UnsupportedPattern('a group is not closed');
    return [inner];
  }

  /** Reads what stands between `(?` and the content of a group; false where it has none. */
  #openSpecial(): boolean {
    const rest = this.#text.slice(this.#at, this.#at + 60);
    const named = /^(?:P?<[A-Za-z_]\w*>|'[A-Za-z_]\w*')/.exec(rest);
    if (named !== null) {
      this.#at += named[0].length;
      return true;
    }
    if (rest.startsWith('#')) {
      const end = this.#text.indexOf(')', this.#at);
      if (end === -1) throw new UnsupportedPattern('a comment is not closed');
      this.#at = end + 1;
      return false;
    }
    const flags = /^([imsx]*)(?:-([imsx]+))?([:)])/.exec(rest);
    if (flags === null) throw new UnsupportedPattern(specialGroup(rest));
    const [all, on = '', off = '', end] = flags;
    this.#at += all.length;
    this.#flags = withFlags(withFlags(this.#flags, on, true), off, false);
    return end === ':';
  }

  #repeated(parsed: readonly Pattern[]): readonly Pattern[] {
    const last = parsed.at(-1);
    const range = this.#quantifier();
    if (range === undefined) return parsed;
    if (last === undefined) throw new UnsupportedPattern('a quantifier has nothing to repeat');
    if (isPartOfCharacter(last)) throw new UnsupportedPattern('it repeats a character that is more than one byte');
    if (this.#take('+')) throw new UnsupportedPattern('it has a possessive quantifier, which AWS WAF does not take');
    this.#take('?');
    return [...parsed.slice(0, -1), ...this.#repeated([{ kind: 'repeat', part: last, ...range }])];
  }

  #quantifier(): { readonly least: number; readonly most: number } | undefined {
    while (this.#skipped());
    const simple = simpleQuantifiers[this.#peek()];
    if (simple !== undefined) {
      this.#at++;
      return simple;
    }
    const counted = /^\{(\d{1,5})(,(\d{0,5}))?\}/.exec(this.#text.slice(this.#at, this.#at + 16));
    if (counted === null) return undefined;
    this.#at += counted[0].length;
    const least = Number(counted[1]);
    const most = counted[2] === undefined ? least : counted[3] === '' ? Number.POSITIVE_INFINITY : Number(counted[3]);
    return { least, most };
  }

  #peek(): string {
    return this.#text.charAt(this.#at);
  }

  #take(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.#at++;
    return true;
  }
}

const simpleQuantifiers: Readonly<Record<string, { readonly least: number; readonly most: number }>> = {
  '*': { least: 0, most: Number.POSITIVE_INFINITY },
  '+': { least: 1, most: Number.POSITIVE_INFINITY },
  '?': { least: 0, most: 1 },
};

function bytes(set: ByteSet): Pattern {
  return { kind: 'bytes', set };
}

/** A single byte beyond ASCII, as only a literal is. */
function isPartOfCharacter(pattern: Pattern): boolean {
  if (pattern.kind !== 'bytes') return false;
  return pattern.set.indexOf(1) >= 0x80 && pattern.set.indexOf(1) === pattern.set.lastIndexOf(1);
}

function withFlags(flags: Flags, letters: string, value: boolean): Flags {
  const changed: Record<string, boolean> = {};
  for (const letter of letters) {
    const name = flagNames[letter];
    if (name !== undefined) changed[name] = value;
  }
  return { ...flags, ...changed };
}

/** What kind of group it is that is not taken. */
function specialGroup(rest: string): string {
  if (/^<?[=!]/.test(rest)) return 'it looks ahead or behind, and AWS does not list which assertions it takes';
  if (rest.startsWith('>')) return 'it has an atomic group, which AWS WAF does not take';
  if (rest.startsWith('(')) return 'it has a condition, which AWS WAF does not take';
  if (/^(?:R|[-+]?\d|&|P>|P=)/.test(rest)) return 'it refers to another group, which AWS WAF does not take';
  return `it has a group "(?${rest.slice(0, 3)}" that is not known`;
}
