import { createHash } from 'node:crypto';
import { at, text } from '../../util/json-tree.js';
import { patternText } from './pattern-text.js';
import { shippedValues } from './shipped-values.js';

const formats: Readonly<Record<string, string>> = {
  'date-time': '2026-01-02T08:00:00Z',
  date: '2026-01-02',
  time: '08:00:00Z',
  duration: 'PT1H30M',
  uuid: '3b241101-e2bb-4255-8caf-4136c566a962',
  email: "ann.o'neil+shop@example.com",
  'idn-email': 'änne@example.com',
  hostname: 'shop.example.com',
  ipv4: '192.0.2.10',
  ipv6: '2001:db8::1',
  byte: 'TidlbiAmIE5laWw=',
  binary: 'Notes: 5 < 6 & "ok"\n',
};

/** Which corpus has values for a field of a name or format. */
const corpora: readonly (readonly [RegExp, string])[] = [
  [/^(?:format:ur[il](?:-reference)?|format:iri)$|ur[li]$|link|website|homepage|href|callback/i, 'urls'],
  [/title|subject|headline|heading/i, 'short-titles'],
  [/caption|^alt|alt_?text/i, 'captions-and-alt-texts'],
  [/passw|^pwd$|^pass$|format:password/i, 'passwords'],
  [/phone|mobile|^tel$|telephone|fax/i, 'phone-numbers'],
  [/company|organi[sz]ation|employer/i, 'company-names'],
  [/address|street|city|town/i, 'addresses'],
  [/search|query|^q$|filter|keyword/i, 'search-queries'],
  [/file_?name|^file$|attachment/i, 'file-names'],
  [/html/i, 'html-editor'],
  [/markdown|readme/i, 'markdown'],
  [/sql/i, 'sql-talk'],
  [/(?<!de)script|snippet|source_?code|^code_?block$/i, 'code-javascript'],
  [/(?:token|secret|api_?key)(?:_?value)?$/i, 'tokens'],
  [/agent/i, 'user-agents'],
  [/product|item|sku_?name|model/i, 'product-names'],
  [/desc|body|content|comment|message|text|note|bio|about|summary|reason|feedback|review|details/i, 'reviews'],
  [/name|author|user|owner|contact|customer|person/i, 'names'],
  [/path|folder|dir/i, 'paths'],
];

/** What is tried where a pattern has to fit. */
const shapes = [
  '1',
  '12',
  '123',
  '1234',
  '12345',
  '123456',
  'a',
  'ab',
  'abc',
  'A',
  'AB',
  'ABC',
  'A1',
  'AB-123',
  'abc-123',
  'DE',
  'EUR',
  'en-GB',
  '+491234567',
  '3b241101-e2bb-4255-8caf-4136c566a962',
  '2026-01-02',
  'https://example.com/',
  '#aabbcc',
  '1.2.3',
  '08:00',
  'true',
];

/** A text that somebody might type, and whether it fits what its schema says. */
export interface FittedText {
  readonly text: string;
  readonly fits: boolean;
}

/** A text that somebody might type into a field: by its format, else by its name, out of the corpora that ship. */
export async function sampleText(schema: unknown, name: string): Promise<string> {
  return (await fittedText(schema, name)).text;
}

/** @param index which of several; others are other texts where there are any */
export async function fittedText(schema: unknown, name: string, index = 0): Promise<FittedText> {
  const format = /^base64/i.test(text(at(schema, 'contentEncoding'))) ? 'byte' : text(at(schema, 'format'));
  const fixed = formats[format] ?? (/e-?mail/i.test(name) ? formats['email'] : undefined);
  return fitting(schema, fixed === undefined ? await fromCorpus(name, format, index) : varied(fixed, index));
}

/** Another value of a format: its last digit is another. */
function varied(value: string, index: number): string {
  if (index === 0) return value;
  if (!/\d/.test(value)) return `${index}${value}`;
  return value.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + index) % 10));
}

async function fromCorpus(name: string, format: string, index: number): Promise<string> {
  const corpus =
    corpora.find(([pattern]) => pattern.test(name) || pattern.test(`format:${format}`))?.[1] ?? 'product-names';
  const values = (await shippedValues(corpus)).filter((value) => value.length <= 400);
  const first = createHash('sha256').update(name).digest().readUInt32BE(0);
  return values[(first + index) % Math.max(values.length, 1)] ?? "Ann O'Neil & sons";
}

function fitting(schema: unknown, value: string): FittedText {
  const [least, most] = [lengthOf(schema, 'minLength') ?? 0, lengthOf(schema, 'maxLength') ?? longest];
  const source = text(at(schema, 'pattern'));
  const pattern = expression(source);
  const sized = Array.from(value).slice(0, most).join('').padEnd(Math.min(least, longest), 'x');
  if (source === '') return { text: sized, fits: true };
  const fits = (one: string) => pattern?.test(one) === true && one.length >= least && one.length <= most;
  const written = patternText(source, least, most);
  const known = [sized, ...shapes].find(fits) ?? (pattern === undefined || fits(written ?? '') ? written : undefined);
  return known === undefined ? { text: sized, fits: false } : { text: known, fits: true };
}

const longest = 10_000;

function lengthOf(schema: unknown, name: string): number | undefined {
  const length = at(schema, name);
  return typeof length === 'number' && length >= 0 ? Math.min(length, longest) : undefined;
}

/** Patterns of a document are of somebody else: only plain ones are tried, on short texts. */
function expression(pattern: string): RegExp | undefined {
  if (pattern === '' || pattern.length > 200 || /[+*}][^)]*\)[+*{]/.test(pattern)) return undefined;
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return undefined;
  }
}
