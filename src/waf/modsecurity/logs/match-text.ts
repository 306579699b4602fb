import type { Variable } from '../../../model/evidence.js';
import { asText, unescapeUnprintable } from './escapes.js';
import { goesOnWith } from './known-rules.js';
import type { LoggedPlace } from './rule-message.js';

/** What the `match` text of a rule line of libmodsecurity 3 tells. */
export interface MatchText {
  /** The variable's name as it stands in the text. */
  readonly name: string | undefined;
  readonly variable: Variable | undefined;
  /** Value of the variable after transformations; the engine cuts it at 100 characters. */
  readonly value: string | undefined;
  readonly truncated: boolean;
}

export const noMatch: MatchText = { name: undefined, variable: undefined, value: undefined, truncated: false };

const nameMark = "' against variable `";
const valueMark = "' (Value: `";
const endMark = "' ) ";

/**
 * Sample: `Matched "Operator `Rx' with parameter `(?i)union' against variable `ARGS:q' (Value: `union select' )`.
 * The parameter comes from the rule, the variable's name and value from the request.
 * @param decodeName makes text of a name as it stands in the line; values have the same escapes everywhere
 */
export function parseMatch(match: string, decodeName: (logged: string) => string): MatchText {
  const named = splitAt(match, nameMark);
  const valued = named === undefined ? undefined : splitAt(named.after, valueMark);
  if (valued === undefined) return noMatch;
  const value = valued.after.replace(/' \) ?$/, '');
  return matchText(decodeName(valued.before), value);
}

/** Where the variable's name begins in a match; nothing where the match names none. */
export function nameStart(match: string): number | undefined {
  const at = match.indexOf(nameMark);
  return at < 0 || !match.includes(valueMark, at) ? undefined : at + nameMark.length;
}

/** The same for a text log, from the variable's name on to a blank; nothing where it is not as usual. */
export function parseMatchAt(text: string, at: number, end: number): MatchText | undefined {
  const quote = text.indexOf("'", at);
  const nameEnd = goesOnWith(text, quote, valueMark) ? quote : text.indexOf(valueMark, at);
  const valueAt = nameEnd + valueMark.length;
  const valueEnd = end - endMark.length;
  if (nameEnd < 0 || valueAt > valueEnd || !goesOnWith(text, valueEnd, endMark)) return undefined;
  return matchText(decodeMatch(text.slice(at, nameEnd)), text.slice(valueAt, valueEnd));
}

function matchText(name: string, logged: string): MatchText {
  const { value, truncated } = uncut(decodeMatch(logged));
  return { name, variable: parseVariable(name), value, truncated };
}

/** As text logs of libmodsecurity 3 have it. */
export function decodeMatch(logged: string): string {
  return asText(unescapeUnprintable(logged));
}

/**
 * libinjection names neither variable nor text: both stand in the rule's `data` only, and what is said to be matched there
 * is a fingerprint. Coraza has the rule's message for words: `SQL Injection Attack Detected via libinjection`.
 */
export function isLibinjection(words: string): boolean {
  return /^detected (?:SQLi|XSS) using|Detected via libinjection$/.test(words.slice(0, 100));
}

/** What `data` tells where the rule has the usual `logdata` of the Core Rule Set. */
export interface MatchedData {
  readonly variable: Variable | undefined;
  /** What follows `found within`, where it is not certain where the variable's name ends. */
  readonly within: string | undefined;
  readonly matched: string;
  /** The value in which the text was found. */
  readonly value: string;
  readonly truncated: boolean;
  /** The matched text is cut, and with it all that follows. */
  readonly isCut: boolean;
}

/**
 * Sample: `Matched Data: union select found within ARGS:q: union select 1 from users`.
 * @param known the variable's name as it stands in the text, where the rule line tells it; else it is taken up to the
 *   next `: `
 */
export function parseMatchedData(data: string, known: string | undefined): MatchedData | undefined {
  const prefix = 'Matched Data: ';
  if (!data.startsWith(prefix)) return undefined;
  const rest = data.slice(prefix.length);
  const { value: text, truncated } = uncut(rest);
  const named = known === undefined ? undefined : splitAtName(text, known);
  if (named !== undefined) return matchedData(named.before, named.after, truncated);
  const loose = splitAt(text, inner);
  if (loose === undefined) return truncated ? cutData(text) : undefined;
  const name = splitAt(loose.after, ': ');
  if (name === undefined && !truncated) return undefined;
  return {
    variable: name === undefined ? undefined : parseVariable(name.before),
    within: splitAt(rest, inner)?.after ?? loose.after,
    matched: loose.before,
    value: name?.after ?? '',
    truncated,
    isCut: false,
  };
}

/** The same for data that a rule cut in the middle of a name, where nothing marks it: as much of the name as there is. */
export function parseCutData(data: string): MatchedData | undefined {
  const [, matched, name] = /^Matched Data: ([\s\S]*?) found within ([A-Z_]+(?::[\s\S]*)?)$/.exec(data) ?? [];
  if (matched === undefined || name === undefined) return undefined;
  return { ...matchedData(matched, '', true), variable: parseVariable(name) };
}

function matchedData(matched: string, value: string, truncated: boolean): MatchedData {
  return { variable: undefined, within: undefined, matched, value, truncated, isCut: false };
}

const inner = ' found within ';

/** A long matched text leaves no room for what it was found in. What the text may end in by chance is left out. */
function cutData(text: string): MatchedData {
  let length = inner.length - 1;
  while (length > 0 && !text.endsWith(inner.slice(0, length))) length--;
  return { ...matchedData(text.slice(0, text.length - length), '', true), isCut: true };
}

/** Nearly always the name follows at once. Where it does not, the matched text has the words in it. */
function splitAtName(text: string, name: string): { before: string; after: string } | undefined {
  const at = text.indexOf(inner);
  if (at < 0) return undefined;
  const start = at + inner.length;
  const end = start + name.length;
  if (text.slice(start, end) !== name || text.slice(end, end + 2) !== ': ') return splitAt(text, `${inner}${name}: `);
  return { before: text.slice(0, at), after: text.slice(end + 2) };
}

/** The place of a hit from what the words and the data of a line tell. */
export function placeOf(line: MatchText, data: MatchedData | undefined, libinjection: boolean): LoggedPlace {
  const variable = line.variable ?? data?.variable;
  const within = line.variable === undefined ? data?.within : undefined;
  const inWords = libinjection || (data !== undefined && isInWords(data));
  const shown = inWords ? data?.value : (data?.matched ?? line.value);
  const matched = shown === '' && data?.truncated === true ? undefined : shown;
  const matchedTruncated = data === undefined ? line.truncated : data.isCut || (inWords && data.truncated);
  return { variable, within, matched, matchedTruncated };
}

/** Some rules say `Suspicious payload found within …`: what they call matched is not in the value. */
function isInWords({ matched, value, truncated }: MatchedData): boolean {
  return !truncated && !value.includes(matched);
}

/** `ARGS:x` to collection and key. The key is what follows the first colon, whatever it holds. */
export function parseVariable(text: string): Variable {
  const parts = splitAt(text, ':');
  return parts === undefined ? { collection: text } : { collection: parts.before, key: parts.after };
}

/** The engines mark what they cut: ` (165 characters omitted)`, ModSecurity 2 with ` ...`; they cut escapes too. */
function uncut(text: string): { value: string; truncated: boolean } {
  const cut = text.endsWith(')') || text.endsWith('.') ? / \(\d+ characters omitted\)$| \.\.\.$/.exec(text) : null;
  if (cut === null) return { value: text, truncated: false };
  return { value: withoutCutChar(text.slice(0, cut.index).replace(/\\(?:x[0-9a-f]?)?$/, '')), truncated: true };
}

/** What was cut in the middle of a character of several bytes ends in U+FFFD. */
export function withoutCutChar(text: string): string {
  return text.replace(/\ufffd$/, '');
}

function splitAt(text: string, separator: string): { before: string; after: string } | undefined {
  const at = text.indexOf(separator);
  return at < 0 ? undefined : { before: text.slice(0, at), after: text.slice(at + separator.length) };
}
