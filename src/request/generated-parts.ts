import type { PlaceholderKind } from '../model/placeholders.js';
import { isRandom, isRandomHex, isRandomToken } from './random-text.js';

/**
 * How much it takes to believe that a part of a name is generated.
 * - `one`: seen once, as the number in `row[47]` or a UUID.
 * - `several`: it may be, as the number in `address_line_1`: with three of them it is.
 * - `silent`: as `several`, and so often part of a fixed name (`q1`) that nobody is warned of it.
 */
export type Certainty = 'one' | 'several' | 'silent';

/** A piece of a name or of a segment of a path. */
export interface NamePart {
  readonly text: string;
  /** What generates it, and how much it takes to believe it; absent where nothing does. */
  readonly kind?: PlaceholderKind;
  readonly needs?: Certainty;
}

const uuid = '[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}';
const date = '(?:19|20)\\d\\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])';
const time = `${date}T\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?(?:Z|[+-]\\d\\d:?\\d\\d)?`;
const email = '[0-9A-Za-z][0-9A-Za-z._%+-]{0,63}(?:@|%40)[0-9A-Za-z-]{1,63}(?:\\.[0-9A-Za-z-]{1,63}){1,4}';
const pieces = new RegExp(
  `(?<![0-9A-Za-z])(?:(?<email>${email})|(?<uuid>${uuid})|(?<time>${time})|(?<date>${date}))(?![0-9A-Za-z])|(?<word>[0-9A-Za-z]+)|[^0-9A-Za-z]+`,
  'g',
);

/** What stands beside a generated part: nothing, or one of these. */
const delimiter = /^[[\](){}<>.:;,_~|$@#=+\s/-]?$/;

/** Numbers are part of these names themselves: `utf_8`, `oauth_2`, `/api/2`. */
const technical = new Set(
  'api aes base css ecma error errors es h html http https ip ipv iso latin md mp oauth oidc php rest rfc saml sha ssl status tls utf v ver version web win x xml'.split(
    ' ',
  ),
);

/** Forms have a few of them, each with a name of its own: `address_line_1`, `phone-2`. */
const few = new Set(
  'addr address color column email fax image level line mail mobile name option page part phone photo section step street tel telephone text title url'.split(
    ' ',
  ),
);

const year = /^(?:19|20)\d\d$/;

/** Longer names are nothing that a pattern is made of. */
const longest = 300;

/** The parts of a name, the generated ones with their kind. */
export function nameParts(name: string): readonly NamePart[] {
  if (name.length > longest) return [{ text: name }];
  const token = tokenIn(name);
  if (token === undefined) return partsBetween(name);
  const [before, text] = token;
  const after = name.slice(before.length + text.length);
  return [
    ...(before === '' ? [] : nameParts(before)),
    { text, kind: 'token', needs: 'one' },
    ...(after === '' ? [] : nameParts(after)),
  ];
}

/** What stands before an id such as `V1StGXR8_Z5jdHi6B-myT`, and the id. Words before it are of the name: `item_V1StGXR8_Z5j…`. */
function tokenIn(name: string): readonly [string, string] | undefined {
  for (const { 0: run, index } of name.matchAll(/[0-9A-Za-z_-]{12,128}/g)) {
    const words = /^(?:[a-z]+[_-])*/.exec(run)?.[0] ?? '';
    const text = run.slice(words.length);
    const before = name.slice(0, index + words.length);
    const isAlone = delimiter.test(before.slice(-1)) && delimiter.test(name[index + run.length] ?? '');
    if (text.length >= 12 && isAlone && isRandomToken(text)) return [before, text];
  }
  return undefined;
}

function partsBetween(name: string): readonly NamePart[] {
  const found = [...name.matchAll(pieces)];
  const parts = found.flatMap((match, i) => {
    const beside = {
      before: found[i - 1]?.[0].at(-1) ?? '',
      after: found[i + 1]?.[0][0] ?? '',
      word: found[i - 2]?.[0].toLowerCase() ?? '',
      next: found[i + 2]?.[0] ?? '',
    };
    return partsOf(match, beside);
  });
  return parts.some(({ needs }) => needs === 'one') ? parts.map(believedBeside) : parts;
}

interface Beside {
  /** The characters on both sides; empty at an end. */
  readonly before: string;
  readonly after: string;
  /** What stands before and after these. */
  readonly word: string;
  readonly next: string;
}

function partsOf({ 0: text, groups = {} }: RegExpMatchArray, beside: Beside): readonly NamePart[] {
  if (!delimiter.test(beside.before) || !delimiter.test(beside.after)) return [{ text }];
  const kind = (['email', 'uuid', 'time', 'date'] as const).find((one) => groups[one] !== undefined);
  if (kind !== undefined) return [{ text, kind, needs: 'one' }];
  if (groups['word'] === undefined) return [{ text }];
  if (/^\d+$/.test(text)) return [numberPart(text, beside)];
  return randomPart(text) ?? numberedWord(text);
}

/** Something between brackets or dots is an index or a key; elsewhere it depends on the word before. */
function numberPart(text: string, { before, after, word, next }: Beside): NamePart {
  const needs = (evidence: Certainty): NamePart => ({ text, kind: 'number', needs: evidence });
  if (before === '[' && after === ']') return needs('one');
  const beside = before === '.' ? word : after === '.' ? next : '';
  if (/^\d+$/.test(beside)) return Math.max(text.length, beside.length) >= 5 ? needs('one') : { text };
  if (before !== '' && technical.has(word)) return { text };
  if (year.test(text)) return needs('several');
  const isFirst = before === '' && after !== '';
  return needs(text.length === 1 && (isFirst || few.has(word)) ? 'several' : 'one');
}

/** What a machine made up: no word has digits and letters so mixed. */
function randomPart(text: string): readonly NamePart[] | undefined {
  if (/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i.test(text) && /\d.*\d/.test(text.slice(1)))
    return [{ text, kind: 'ulid', needs: 'one' }];
  if (isRandomHex(text)) return [{ text, kind: 'hex', needs: hexNeeds(text) }];
  const [, before = '', hex = ''] = /^([A-Z]{2,8})([0-9a-f]{10,64})$/.exec(text) ?? [];
  if (before !== '' && isRandomHex(hex)) return [{ text: before }, { text: hex, kind: 'hex', needs: 'one' }];
  if (/^\d+X\d+X\d+$/.test(text)) return questionParts(text);
  return isRandom(text) ? [{ text, kind: 'hash', needs: 'one' }] : undefined;
}

/** `12X34X567`: survey, group and question of LimeSurvey. */
function questionParts(text: string): readonly NamePart[] {
  return text
    .split(/(X)/)
    .map((part): NamePart => (part === 'X' ? { text: part } : { text: part, kind: 'number', needs: 'one' }));
}

function hexNeeds({ length }: string): Certainty {
  if (length >= 7) return 'one';
  return length === 6 ? 'several' : 'silent';
}

/** `field17`: few digits are often part of a fixed name, many never. */
function numberedWord(text: string): readonly NamePart[] {
  const [, word = '', digits = ''] = /^([A-Za-z]+)(\d+)$/.exec(text) ?? [];
  if (digits === '' || technical.has(word.toLowerCase()) || year.test(digits)) return [{ text }];
  const number = { text: digits, kind: 'number' } as const;
  if (digits.length >= 6) return [{ text: word }, { ...number, needs: 'one' }];
  return [{ text: word }, { ...number, needs: digits.length === 1 ? 'silent' : 'several' }];
}

/** A short hash is believed beside another generated part: `_pk_id.1.a3f2`. */
function believedBeside(part: NamePart): NamePart {
  return part.kind === 'hex' ? { ...part, needs: 'one' } : part;
}

const ranks: Readonly<Record<Certainty, number>> = { one: 0, several: 1, silent: 2 };

/** The parts as a template, with a placeholder for each that needs no more evidence than that. */
export function templateOf(parts: readonly NamePart[], most: Certainty): string {
  return parts
    .map(({ text, kind, needs = 'silent' }) => (kind !== undefined && ranks[needs] <= ranks[most] ? `{${kind}}` : text))
    .join('');
}
