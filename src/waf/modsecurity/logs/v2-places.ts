import { asText, closingQuote, isAscii, plain, undoEscapes } from './escapes.js';
import {
  isLibinjection,
  type MatchedData,
  parseCutData,
  parseMatchedData,
  parseVariable,
  placeOf,
  withoutCutChar,
} from './match-text.js';
import type { LoggedPlace } from './rule-message.js';

/** How an engine spells the data of a match. ModSecurity 2 has there the escaped name of the words, escaped once more. */
export interface DataSpelling {
  decodeName(name: string): string;
  /** Data of as many bytes was cut, and nothing marks it. */
  readonly cutAt?: number;
  /** Data of as many characters, escapes and all, that ends in `...` was cut. */
  readonly dotsAt?: number;
}

/** `[data "…"]` has no more than 512 characters, of which the last three are dots then. */
export const ofModsecurity: DataSpelling = { decodeName: plain, dotsAt: 512 };

/**
 * Where a rule matched. Coraza names further variables of the same rule in `[data_match_1 "…"]`.
 * @param name the variable's name as it stands in the words, if they tell it
 * @param data what the line tells of the matches, as it stands in the log
 */
export function placesOf(
  name: string | undefined,
  words: string,
  data: readonly string[],
  spelling: DataSpelling,
): readonly LoggedPlace[] {
  const variable = name === undefined ? undefined : parseVariable(plain(name));
  const match = { name, variable, value: undefined, truncated: false };
  const libinjection = name === undefined && isLibinjection(words);
  const places: LoggedPlace[] = [];
  for (const one of data.length === 0 ? noData : data) {
    const place = placeOf(match, matchedData(one, name, spelling), libinjection);
    if (!isNowhere(place)) places.push(place);
  }
  return places;
}

const noData = [''];

function isNowhere({ variable, within, matched, matchedTruncated }: LoggedPlace): boolean {
  return variable === undefined && within === undefined && matched === undefined && !matchedTruncated;
}

function matchedData(logged: string, name: string | undefined, { decodeName, cutAt, dotsAt }: DataSpelling) {
  const isCut = logged.length === dotsAt && logged.endsWith('...');
  const bytes = undoEscapes(isCut ? logged.slice(0, -3) : logged);
  const whole = parseMatchedData(isCut || bytes.length === cutAt ? `${bytes} ...` : bytes, name);
  const data = whole ?? (cutAt === undefined ? undefined : parseCutData(bytes));
  if (data === undefined) return undefined;
  return data.within === undefined && isAscii(bytes) ? data : decodeData(data, decodeName);
}

/** What was read one character a byte, as text. */
export function decodeData(data: MatchedData, decodeName: (name: string) => string): MatchedData {
  const { variable, within } = data;
  const [matched, value] = [asText(data.matched), asText(data.value)];
  return {
    variable: variable?.key === undefined ? variable : { ...variable, key: decodeName(variable.key) },
    within: within === undefined ? undefined : decodeName(within),
    matched: data.isCut ? withoutCutChar(matched) : matched,
    value: data.truncated ? withoutCutChar(value) : value,
    truncated: data.truncated,
    isCut: data.isCut,
  };
}

// Pattern match "…" at ARGS:x. · String match "…" at ARGS:x. · Matched phrase "…" at ARGS:x.
const quoted = /^[A-Z][a-z]+ (?:match|phrase) "/;
const afterName = /\.(?: \[offset "\d+"\])?$/;

const places = [
  // Operator GE matched 5 at TX:anomaly_score.
  /^Operator \w+ matched [\s\S]*? at ([\s\S]*)\.$/,
  // Found 1 byte(s) in ARGS_NAMES:x outside range: 1-255.
  /^Found \d+ byte\(s\) in ([\s\S]*) outside range: [\d,-]+\.$/,
  // Match of "rx ^…$" against "REQUEST_HEADERS:Content-Type" required.
  /^Match of "(?:[^"\\]|\\[\s\S])*" against "([\s\S]*)" required\.$/,
  // Invalid URL Encoding: Non-hexadecimal digits used at ARGS:x.
  /^Invalid (?:URL Encoding|UTF-8 encoding): [\w\s()-]*? at ([\s\S]*)\.(?: \[offset "\d+"\])?$/,
];

/** No engine writes longer words; these patterns take time that grows with their square. */
const longestWords = 16 * 1024;

/** The variable's name as it stands in the words. */
export function nameIn(words: string): string | undefined {
  if (quoted.test(words)) {
    const start = v2NameStart(words);
    return start === undefined ? undefined : nameFrom(words, start);
  }
  if (words.length > longestWords) return undefined;
  for (const pattern of places) {
    const name = pattern.exec(words)?.[1];
    if (name !== undefined) return name;
  }
  return undefined;
}

/** Where the variable's name begins in words that have the operator's parameter, in quotes, before it. */
export function v2NameStart(words: string): number | undefined {
  const quote = quoted.test(words) ? closingQuote(words, words.indexOf('"') + 1) : -1;
  const at = '" at ';
  return quote >= 0 && words.startsWith(at, quote) ? quote + at.length : undefined;
}

function nameFrom(words: string, start: number): string | undefined {
  const end = words.endsWith('.') ? words.length - 1 : words.search(afterName);
  return end < start ? undefined : words.slice(start, end);
}
