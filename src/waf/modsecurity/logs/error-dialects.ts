import type { LoggedRequest } from '../../../contract/log-record.js';
import { plain, undoEscapes, unescapeHex } from './escapes.js';
import { cTime, logTime, slashTime } from './log-time.js';
import { loggedRequest, partsOfLine } from './logged-request.js';
import type { RuleMessage } from './rule-message.js';
import { parseV2Message } from './v2-message.js';
import { readKnownV3 } from './v3-known.js';
import { parseV3Message } from './v3-message.js';

/** Whose words an error log has. */
export type ErrorEngine = 'v2' | 'v3' | 'coraza';

/** How a server and an engine write lines of an error log. */
export interface ErrorDialect {
  readonly engine: ErrorEngine;
  /** What the server writes before the engine's words; sticky. */
  readonly start: RegExp;
  /** The id and what follows it; sticky. */
  readonly ending: RegExp;
  /** The same where a user's own format says what follows; of use in lines that have no other ending. */
  readonly looseEnding?: RegExp;
  at(start: string): string | undefined;
  connection(start: string): string;
  read(words: string, transactionId: string): RuleMessage | undefined;
  /** @param idAt where the transaction's id is named, after the place that was asked for */
  request(line: string, start: string, idAt: number): LoggedRequest | undefined;
}

/** So much of a value is looked for, in bytes. */
const longestUri = 8192;

/** `[uri "/comments"]`, which each engine writes just before the id. */
export function uriBefore(line: string, idAt: number): string {
  const before = line.slice(Math.max(0, idAt - longestUri), idAt);
  const at = before.lastIndexOf(uriField);
  return at < 0 ? '' : before.slice(at + uriField.length, before.lastIndexOf('"'));
}

const uriField = '[uri "';

/** `[client 127.0.0.1:38318]`, `[client 127.0.0.1]`, `[client 2001:db8::7]`: the engine's own is the last, and has no port. */
const clientPattern = /\[client "?([^\]"\s]+)"?\]/g;

function clientAddress(start: string): string {
  const client = [...start.matchAll(clientPattern)].at(-1)?.[1] ?? '';
  return client.replace(/^([\d.]+|\[[\da-f:.]+\]):\d+$/i, '$1');
}

/**
 * What a format of the user's own (`ErrorLogFormat`) may have in it: texts in brackets, `-`, levels, ids, and words with a
 * digit in them. Sentences are another module's, and what follows them may come from a client.
 */
const apacheToken =
  /(?:\[[^\]"]*\]|-|emerg|alert|crit|error|warn|notice|info|debug|trace\d|[\w@-]{16,64}|[\w.:@+,/*#()-]{0,64}\d[\w.:@+,/*#()-]{0,64})/;
const own = `(?:${apacheToken.source} {1,2}){0,24}\\[client [^\\]"]*\\] `;
const apacheStart = new RegExp(`(?:(?:\\[[^\\]"]*\\] )+|${own})ModSecurity: `, 'y');

/**
 * Apache's error log: `[Sun Nov 22 20:55:15.715456 2026] [security2:error] [pid 1:tid 2] [client 127.0.0.1:38318] [client
 * 127.0.0.1] ModSecurity: Warning. … [id "942100"] … [hostname "…"] [uri "/"] [unique_id "awNWs_07hfhSV8xFk30W9gAAAI8"]`,
 * and `, referer: …` where the request has one. With `LogLevel debug` the source file stands before the client, and what
 * `ErrorLogFormat` says may stand everywhere: `[2026-11-22 20:55:15.165337] [-:error] 127.0.0.1:38318 awNWs_07hfhSV8xFk30W9g
 * [client 127.0.0.1] ModSecurity: …`. Apache escapes what it is given once more: backslashes are doubled.
 * nginx had a module of the same engine: `2026/11/22 20:59:52 [error] 1#0: [client 127.0.0.1] ModSecurity: …`.
 */
export const apache: ErrorDialect = {
  engine: 'v2',
  start: apacheStart,
  ending: /\[unique_id "[\w@.-]+"\](?=$|, referer: )/y,
  looseEnding: /\[unique_id "[\w@.-]+"\](?=[, ])(?! \[ref ")/y,
  at: timeOf,
  connection: clientOf,
  read: (words) => parseV2Message(unescapeApache(words)),
  request: (line, start, idAt) =>
    loggedRequest({
      method: '',
      path: plain(unescapeApache(uriBefore(line, idAt))),
      client: clientAddress(start),
      userAgent: '',
    }),
};

/** In brackets as a rule; what stands before is of whoever passed the line on. */
function timeOf(start: string): string | undefined {
  for (const [, text = ''] of start.matchAll(/\[([^\]]*)\]/g)) {
    const time = cTime(text) ?? logTime(text);
    if (time !== undefined) return time;
  }
  return logTime(start) ?? slashTime(start);
}

function unescapeApache(text: string): string {
  return text.replace(/\\(?:\\|x[0-9a-f]{2}|[nrtbv])/g, (escaped) =>
    escaped === doubled ? backslash : undoEscapes(escaped),
  );
}

const backslash = '\\';
const doubled = '\\\\';

/** A time, a level, the process and the connection. */
export const nginxStart = '\\d{4}\\/\\d\\d\\/\\d\\d \\d\\d:\\d\\d:\\d\\d \\[\\w+\\] \\d+#\\d+: (?:\\*\\d+ )?';

/**
 * nginx's error log: `2026/11/22 20:59:52 [info] 6024#6024: *53 ModSecurity: Warning. Matched "Operator … [unique_id "…"]
 * [ref "v159,39"], client: 127.0.0.1, server: staging.test, request: "POST / HTTP/1.1", host: "staging.test"`. Lines of
 * rules that do not refuse have level info. A line ends after 2048 bytes, without its id if need be; then it tells nothing.
 */
export const nginx: ErrorDialect = {
  engine: 'v3',
  start: new RegExp(`${nginxStart}(?:\\[client [^\\]"]*\\] )?ModSecurity: `, 'y'),
  ending: /\[unique_id "[^"]*"\] \[ref "[^"]*"\](?=$|(?: while [\w/ -]+)?, client: )/y,
  at: slashTime,
  connection: numberOf,
  read: (words, id) => readKnownV3(words, `"] [unique_id "${id}"] [ref "`) ?? parseV3Message(words),
  request: (line, _, idAt) => {
    const { client, ...asked } = askedOfNginx(line, idAt);
    const path = asked.path === '' ? unescapeHex(uriBefore(line, idAt)) : asked.path;
    return loggedRequest({ ...asked, path, client, userAgent: '' });
  },
};

/**
 * libmodsecurity 3 in other servers, which begin lines as Apache does or in ways of their own: `[Sun Nov 22 20:55:15.715456 2026]
 * [:error] [pid 1:tid 2] [client 127.0.0.1:38318] ModSecurity: Warning. Matched "Operator … [unique_id "…"] [ref "v159,39"]`.
 */
export const otherV3: ErrorDialect = {
  ...nginx,
  start: apacheStart,
  ending: /\[unique_id "[^"]*"\] \[ref "[^"]*"\](?=$|, referer: )/y,
  at: timeOf,
  connection: clientOf,
  request: (line, start, idAt) =>
    loggedRequest({
      method: '',
      path: unescapeHex(uriBefore(line, idAt)),
      client: clientAddress(start),
      userAgent: '',
    }),
};

/** What nginx writes behind an engine's words: `, client: 127.0.0.1, server: staging.test, request: "POST / HTTP/1.1"`. */
export function askedOfNginx(line: string, idAt: number): ReturnType<typeof partsOfLine> & { readonly client: string } {
  const rest = line.slice(idAt, idAt + longestUri);
  const asked = partsOfLine(/, request: "([^"]*)"/.exec(rest)?.[1] ?? '');
  return { ...asked, client: /, client: ([^,\s]+)/.exec(rest)?.[1] ?? '' };
}

/** `[client 127.0.0.1:47964]`: phases of a request may run in different threads. */
export function clientOf(start: string): string {
  return /\[client [^\]]+\]/.exec(start)?.[0] ?? '';
}

/** `6024#6024: *53`; the last, where other text stands before. */
export function numberOf(start: string): string {
  return start.match(/\d+#\d+: \*\d+/g)?.at(-1) ?? '';
}
