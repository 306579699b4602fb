import type { Pair } from '../model/request.js';
import { lazily } from '../util/lazily.js';
import { collapse, decodeText } from './decode-text.js';
import { messagesOf } from './error-messages.js';
import type { AnsweredOutcome } from './material.js';

/** So much of a body is looked at, in UTF-16 units. */
const longestBody = 65_536;
/** Patterns are sought in so much of it. */
const longestText = 16_384;
/** A body that is longer is no error message. */
const shortBody = 4000;
const longestJson = 65_536;

/** An answer, read at the positions where signs can stand. What costs time is read when it is first asked for. */
export interface ReadAnswer {
  readonly status: number;
  readonly phrase: string | undefined;
  /** All values of a header, by its name in lower case. */
  header(name: string): readonly string[];
  /** In lower case, each once. */
  readonly headerNames: readonly string[];
  /** The body as it came. */
  readonly raw: string;
  /** The beginning of the body, decoded once. */
  text(): string;
  title(): string | undefined;
  headings(): readonly string[];
  /** The whole body, decoded and on one line, where it is short. */
  body(): string | undefined;
  /** What an error says to people: the messages in JSON, else the text of a short body without its tags. */
  messages(): readonly string[];
  json(): unknown;
  /** The text of the first element of that name. */
  element(name: string): string | undefined;
}

/** Reads an answer. Takes time that grows with its length, whatever is in it. */
export function readAnswer(answer: AnsweredOutcome): ReadAnswer {
  const raw = answer.bodyExcerpt.slice(0, longestBody);
  const headers = byName(answer.headers);
  const header = (name: string) => headers.get(name) ?? [];
  const isMarkup = isPage(raw, header('content-type')[0] ?? '');
  const title = lazily(() => (isMarkup ? titleIn(raw) : undefined));
  const headings = lazily(() => (isMarkup ? headingsIn(raw) : []));
  const body = lazily(() => (raw.length <= shortBody ? collapse(decodeText(raw)) : undefined));
  const json = lazily(() => parse(raw));
  const messages = lazily(() => messagesOf(json(), body()));
  return {
    status: answer.status,
    phrase: answer.phrase,
    header,
    headerNames: [...headers.keys()],
    raw,
    text: lazily(() => decodeText(raw.slice(0, longestText))),
    title,
    headings,
    body,
    messages,
    json,
    element: (name) => elementIn(raw, name),
  };
}

function byName(pairs: readonly Pair[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const key = name.toLowerCase();
    const known = found.get(key);
    if (known === undefined) found.set(key, [value]);
    else known.push(value);
  }
  return found;
}

/** What begins with a tag, and is not called something else: an echo of a page as plain text is none. */
function isPage(raw: string, type: string): boolean {
  return /^\s{0,200}</.test(raw) && (type === '' || /html|xml/i.test(type));
}

const visibleBefore = /<(?:body|p|div|h[1-6]|pre|td|li|span)[\s>]/i;

/** The title of the page, and none that stands in what the page shows. */
function titleIn(raw: string): string | undefined {
  const found = /<title(?:\s[^<>]{0,200})?>([^<]{0,500})/i.exec(raw);
  if (found === null || visibleBefore.test(raw.slice(0, found.index))) return undefined;
  return collapse(decodeText(found[1] ?? ''));
}

const mostHeadings = 3;

function headingsIn(raw: string): readonly string[] {
  const found: string[] = [];
  for (const [, inside = ''] of raw.matchAll(/<h[1-3](?:\s[^<>]{0,500})?>((?:[^<]|<(?!\/?h[1-3])){0,500})/gi)) {
    found.push(collapse(decodeText(inside.replace(/<[^<>]{0,500}>/g, ' '))));
    if (found.length === mostHeadings) break;
  }
  return found;
}

function parse(raw: string): unknown {
  if (raw.length > longestJson || !/^\s{0,200}[[{]/.test(raw)) return undefined;
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

/** An XML document: its first element is none of a page. */
const xmlStart = /^\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,200})?<(?!!|\?|html[\s>])[A-Za-z]/i;

function elementIn(raw: string, name: string): string | undefined {
  if (!xmlStart.test(raw)) return undefined;
  const start = raw.indexOf(`<${name}>`);
  const end = start < 0 ? -1 : raw.indexOf(`</${name}>`, start);
  return end < 0 ? undefined : collapse(decodeText(raw.slice(start + name.length + 2, end).slice(0, longestElement)));
}

const longestElement = 2000;
