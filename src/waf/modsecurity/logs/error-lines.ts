import { parseCorazaMessage } from './coraza-json.js';
import { asBytes, undoEscapes } from './escapes.js';
import { at, parseJsonLine, text } from './json-value.js';
import { cTime, slashTime } from './log-time.js';
import type { RuleMessage } from './rule-message.js';
import { parseV2Message } from './v2-message.js';
import { readKnownV3 } from './v3-known.js';
import { parseV3Message } from './v3-message.js';

/**
 * A line of an engine in a server's error log, one for each transaction id that may be its own: what comes from the
 * request can look like `[unique_id "…"]` too, but cannot know the id of any transaction. All but the id is read only
 * where the transaction is of interest.
 */
export interface ErrorLine {
  readonly transactionId: string;
  readonly engine: 'v2' | 'v3' | 'coraza';
  /** No other part of the line looks like its end. */
  readonly certain: boolean;
  at(): string | undefined;
  /** The client's connection, as the server names it. */
  connection(): string;
  read(): RuleMessage | undefined;
}

/** How a server and an engine write such lines. */
interface Dialect {
  readonly engine: ErrorLine['engine'];
  /** What the server writes before the engine's words; sticky. */
  readonly start: RegExp;
  /** The id and what follows it; sticky. */
  readonly ending: RegExp;
  at(start: string): string | undefined;
  connection(start: string): string;
  read(words: string, transactionId: string): RuleMessage | undefined;
}

/**
 * Apache's error log: `[Sun Nov 22 20:55:15.715456 2026] [security2:error] [pid 1:tid 2] [client 127.0.0.1:38318] [client
 * 127.0.0.1] ModSecurity: Warning. … [id "942100"] … [hostname "…"] [uri "/"] [unique_id "awNWs_07hfhSV8xFk30W9gAAAI8"]`,
 * and `, referer: …` where the request has one. Apache escapes what it is given once more: backslashes are doubled.
 */
const apache: Dialect = {
  engine: 'v2',
  start: /\[[^\]"]*\] (?:\[[^\]"]*\] )*ModSecurity: /y,
  ending: /\[unique_id "[\w@.-]+"\](?=$|, referer: )/y,
  at: (start) => cTime(start.slice(1, start.indexOf(']'))),
  connection: clientOf,
  read: (words) => parseV2Message(unescapeApache(words)),
};

function unescapeApache(text: string): string {
  return text.replace(/\\(?:\\|x[0-9a-f]{2}|[nrtbv])/g, (escaped) =>
    escaped === doubled ? backslash : undoEscapes(escaped),
  );
}

const backslash = '\\';
const doubled = '\\\\';

/**
 * nginx's error log: `2026/11/22 20:59:52 [info] 6024#6024: *53 ModSecurity: Warning. Matched "Operator … [unique_id "…"]
 * [ref "v159,39"], client: 127.0.0.1, server: staging.test, request: "POST / HTTP/1.1", host: "staging.test"`. Lines of
 * rules that do not refuse have level info. A line ends after 2048 bytes, without its id if need be; then it tells nothing.
 */
const nginx: Dialect = {
  engine: 'v3',
  start: /\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d \[\w+\] \d+#\d+: (?:\*\d+ )?(?:\[client [^\]"]*\] )?ModSecurity: /y,
  ending: /\[unique_id "[^"]*"\] \[ref "[^"]*"\](?=$|(?: while [a-z ]+)?, client: )/y,
  at: slashTime,
  connection: numberOf,
  read: (words, id) => readKnownV3(words, `"] [unique_id "${id}"] [ref "`) ?? parseV3Message(words),
};

/**
 * Coraza: `[client "127.0.0.1"] Coraza: Warning. … [unique_id "VCvtYYSXPPcWVtClkbf"]`, as it is, after a time, or as Caddy
 * writes it on a terminal, with tabs: `2026/11/23 08:14:07.019	ESC[34mINFOESC[0m	http.handlers.waf	[client …`.
 */
const coraza: Dialect = {
  engine: 'coraza',
  start:
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the level is coloured
    /(?:\d{4}[\d/:.TZ +-]*(?: |\t(?:\x1b\[\d+m)?[A-Za-z]+(?:\x1b\[0m)?\t[\w.]+\t))?(?=\[client "[^"]*"\] Coraza: )/y,
  ending: /\[unique_id "[^"\\]*"\]/y,
  at: slashTime,
  connection: () => '',
  read: (words) => parseCorazaMessage(words)[0],
};

/** Whichever of the error lines it is; none for any other line. JSON of a server around Coraza has one as its message. */
export function errorLines(line: Buffer): readonly ErrorLine[] {
  return line[0] === brace ? errorLinesInJson(line) : linesOf(asBytes(line, 0, line.length), [apache, nginx, coraza]);
}

const brace = 0x7b;

/** The JSON log of a server around Coraza, such as Caddy: `{"level":"error","msg":"[client \"…\"] Coraza: …"}`. */
function errorLinesInJson(line: Buffer): readonly ErrorLine[] {
  const value = parseJsonLine(line);
  return linesOf(text(at(value, 'msg')) || text(at(value, 'message')), [coraza]);
}

function linesOf(line: string, dialects: readonly Dialect[]): readonly ErrorLine[] {
  const dialect = dialects.find(({ start }) => endAt(start, line, 0) >= 0);
  if (dialect === undefined) return [];
  const begin = dialect.start.lastIndex;
  const found = endings(line, begin, dialect.ending);
  const isWhole = dialect.engine === 'coraza';
  return (isWhole ? found.slice(-1) : found).map(({ id, end }) => ({
    transactionId: id,
    engine: dialect.engine,
    certain: found.length === 1,
    at: () => dialect.at(line.slice(0, begin)),
    connection: () => dialect.connection(line.slice(0, begin)),
    read: () => dialect.read(line.slice(begin, isWhole ? undefined : end), id),
  }));
}

/** How many places in a line may be the end of what the engine wrote. */
const mostEndings = 16;

function endings(line: string, from: number, ending: RegExp): readonly { id: string; end: number }[] {
  const found: { id: string; end: number }[] = [];
  for (
    let at = line.indexOf(idField, from);
    at >= 0 && found.length < mostEndings;
    at = line.indexOf(idField, at + 1)
  ) {
    const end = endAt(ending, line, at);
    const idAt = at + idField.length;
    if (end >= 0) found.push({ id: line.slice(idAt, line.indexOf('"', idAt)), end });
  }
  return found;
}

const idField = '[unique_id "';

/** Where a sticky pattern ends that begins at a place; negative where it does not. */
function endAt(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/**
 * The connections that a line may be about which has no id of a transaction: the server cut it, or a name with a line
 * feed did, which nginx writes as it is, or another program's unfinished line stands before it.
 */
export function connectionsOfCut(line: string): readonly string[] {
  const found: string[] = [];
  const words = 'ModSecurity: ';
  for (let at = line.indexOf(words); at >= 0 && found.length < mostEndings; at = line.indexOf(words, at + 1)) {
    const start = line.slice(Math.max(0, at - longestStart), at);
    found.push(numberOf(start), clientOf(start.slice(Math.max(0, start.lastIndexOf('[pid ')))));
  }
  return found.filter((connection) => connection !== '');
}

/** What a server writes before an engine's words, in bytes. */
const longestStart = 300;

/** `[client 127.0.0.1:47964]`: phases of a request may run in different threads. */
function clientOf(start: string): string {
  return /\[client [^\]]+\]/.exec(start)?.[0] ?? '';
}

/** `6024#6024: *53`; the last, where other text stands before. */
function numberOf(start: string): string {
  return start.match(/\d+#\d+: \*\d+/g)?.at(-1) ?? '';
}
