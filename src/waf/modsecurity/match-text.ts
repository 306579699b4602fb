import type { Variable } from '../../model/evidence.js';

/** What the `match` text of a rule line tells. */
export interface MatchText {
  readonly variable?: Variable;
  /** Value of the variable after transformations; the engine cuts it at 100 characters. */
  readonly value?: string;
  readonly truncated: boolean;
  /** The rule asked libinjection, which names neither variable nor text: both stand in the rule's `data` only. */
  readonly libinjection: boolean;
}

/**
 * Sample: `Matched "Operator `Rx' with parameter `(?i)union' against variable `ARGS:q' (Value: `union select' )`.
 * The parameter comes from the rule, the variable's name and value from the request.
 */
export function parseMatch(match: string): MatchText {
  const libinjection = match.startsWith('detected SQLi using') || match.startsWith('detected XSS using');
  const name = between(match, "' against variable `", "' (Value: `");
  if (name === undefined) return { truncated: false, libinjection };
  const { value, truncated } = uncut(match.slice(name.end).replace(/' \)$/, ''));
  return { variable: parseVariable(name.text), value, truncated, libinjection };
}

/** What `data` tells where the rule has the usual `logdata` of the Core Rule Set. */
export interface MatchedData {
  readonly variable?: Variable;
  readonly matched: string;
  /** The value in which the text was found. */
  readonly value: string;
  readonly truncated: boolean;
}

/**
 * Sample: `Matched Data: union select found within ARGS:q: union select 1 from users`.
 * @param known the variable that the rule line names; without it the name is taken up to the next `: `
 */
export function parseMatchedData(data: string, known: Variable | undefined): MatchedData | undefined {
  const prefix = 'Matched Data: ';
  if (!data.startsWith(prefix)) return undefined;
  const rest = data.slice(prefix.length);
  const inner = ' found within ';
  const named = known === undefined ? undefined : splitAt(rest, `${inner}${variableText(known)}: `);
  if (named !== undefined) return { ...(known && { variable: known }), ...matchedData(named) };
  const loose = splitAt(rest, inner);
  const name = loose === undefined ? undefined : splitAt(loose.after, ': ');
  if (loose === undefined || name === undefined) return undefined;
  return {
    variable: parseVariable(name.before),
    ...matchedData({ before: loose.before, after: name.after }),
  };
}

function matchedData({ before, after }: { before: string; after: string }) {
  const { value, truncated } = uncut(after);
  return { matched: before, value, truncated };
}

/** `ARGS:x` to collection and key. The key is what follows the first colon, whatever it holds. */
export function parseVariable(text: string): Variable {
  const parts = splitAt(text, ':');
  return parts === undefined ? { collection: text } : { collection: parts.before, key: parts.after };
}

function variableText({ collection, key }: Variable): string {
  return key === undefined ? collection : `${collection}:${key}`;
}

/** The engine marks what it cut: ` (165 characters omitted)`. */
function uncut(text: string): { value: string; truncated: boolean } {
  const cut = / \(\d+ characters omitted\)$/.exec(text);
  return cut === null ? { value: text, truncated: false } : { value: text.slice(0, cut.index), truncated: true };
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
