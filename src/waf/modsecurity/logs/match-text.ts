import type { Variable } from '../../../model/evidence.js';
import type { LoggedPlace } from './rule-message.js';

/** What the `match` text of a rule line of libmodsecurity 3 tells. */
export interface MatchText {
  readonly variable?: Variable;
  /** Value of the variable after transformations; the engine cuts it at 100 characters. */
  readonly value?: string;
  readonly truncated: boolean;
  /** The operator's parameter, where it is a number. */
  readonly operand?: number;
}

/**
 * Sample: `Matched "Operator `Rx' with parameter `(?i)union' against variable `ARGS:q' (Value: `union select' )`.
 * The parameter comes from the rule, the variable's name and value from the request.
 */
export function parseMatch(match: string): MatchText {
  const name = between(match, "' against variable `", "' (Value: `");
  if (name === undefined) return { truncated: false };
  const { value, truncated } = uncut(match.slice(name.end).replace(/' \) ?$/, ''));
  const operand = /^Matched "Operator `\w+' with parameter `(\d+)' against/.exec(match)?.[1];
  return {
    variable: parseVariable(name.text),
    value,
    truncated,
    ...(operand !== undefined && { operand: Number(operand) }),
  };
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
  readonly variable?: Variable;
  /** What follows `found within`, where it is not certain where the variable's name ends. */
  readonly within?: string;
  readonly matched: string;
  /** The value in which the text was found. */
  readonly value: string;
  readonly truncated: boolean;
  /** The matched text is cut, and with it all that follows. */
  readonly cut?: true;
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
  const named = known === undefined ? undefined : splitAt(text, `${inner}${known}: `);
  if (named !== undefined) return { matched: named.before, value: named.after, truncated };
  const loose = splitAt(text, inner);
  if (loose === undefined) return truncated ? cutData(text) : undefined;
  const name = splitAt(loose.after, ': ');
  if (name === undefined && !truncated) return undefined;
  return {
    ...(name !== undefined && { variable: parseVariable(name.before) }),
    within: splitAt(rest, inner)?.after ?? loose.after,
    matched: loose.before,
    value: name?.after ?? '',
    truncated,
  };
}

const inner = ' found within ';

/** A long matched text leaves no room for what it was found in. What the text may end in by chance is left out. */
function cutData(text: string): MatchedData {
  let length = inner.length - 1;
  while (length > 0 && !text.endsWith(inner.slice(0, length))) length--;
  const matched = text.slice(0, text.length - length);
  return { matched, value: '', truncated: true, cut: true };
}

/** The place of a hit from what the words and the data of a line tell. */
export function placeOf(line: MatchText, data: MatchedData | undefined, libinjection: boolean): LoggedPlace {
  const variable = line.variable ?? data?.variable;
  const within = line.variable === undefined ? data?.within : undefined;
  const inWords = libinjection || (data !== undefined && isInWords(data));
  const shown = inWords ? data?.value : (data?.matched ?? line.value);
  const matched = shown === '' && data?.truncated === true ? undefined : shown;
  const truncated = data === undefined ? line.truncated : data.cut === true || (inWords && data.truncated);
  return {
    ...(variable !== undefined && { variable }),
    ...(within !== undefined && { within }),
    ...(matched !== undefined && { matched }),
    ...(truncated && { matchedTruncated: true }),
  };
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
  const cut = / \(\d+ characters omitted\)$| \.\.\.$/.exec(text);
  if (cut === null) return { value: text, truncated: false };
  return { value: withoutCutChar(text.slice(0, cut.index).replace(/\\(?:x[0-9a-f]?)?$/, '')), truncated: true };
}

/** What was cut in the middle of a character of several bytes ends in U+FFFD. */
export function withoutCutChar(text: string): string {
  return text.replace(/\ufffd$/, '');
}

function between(text: string, open: string, close: string): { text: string; end: number } | undefined {
  const start = text.indexOf(open);
  const end = start < 0 ? -1 : text.indexOf(close, start + open.length);
  return end < 0 ? undefined : { text: text.slice(start + open.length, end), end: end + close.length };
}

function splitAt(text: string, separator: string): { before: string; after: string } | undefined {
  const at = text.indexOf(separator);
  return at < 0 ? undefined : { before: text.slice(0, at), after: text.slice(at + separator.length) };
}
