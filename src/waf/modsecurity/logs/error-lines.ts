import { parseCorazaMessage } from './coraza-json.js';
import { undoEscapes } from './escapes.js';
import { at, parseJsonLine, text } from './json-value.js';
import { cTime, slashTime } from './log-time.js';
import type { RuleMessage } from './rule-message.js';
import { parseV2Message } from './v2-message.js';
import { parseV3Message } from './v3-message.js';

/**
 * A line of an engine in a server's error log, one for each transaction id that may be its own: what comes from the
 * request can look like `[unique_id "…"]` too, but cannot know the id of any transaction.
 */
export interface ErrorLine {
  readonly transactionId: string;
  readonly at: string | undefined;
  /** The client's connection, as the server names it. */
  readonly connection: string;
  readonly engine: 'v2' | 'v3' | 'coraza';
  /** No other part of the line looks like its end. */
  readonly certain: boolean;
  /** To be read only where the transaction is of interest. */
  read(): RuleMessage | undefined;
}

const apacheStart = /^\[([^\]"]*)\] (?:\[[^\]"]*\] )*ModSecurity: /;
const nginxStart =
  /^(\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d) \[\w+\] \d+#\d+: (?:\*\d+ )?(?:\[client [^\]"]*\] )?ModSecurity: /;
const corazaStart =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the level is coloured
  /^(?:\d{4}[\d/:.TZ +-]*(?: |\t(?:\x1b\[\d+m)?[A-Za-z]+(?:\x1b\[0m)?\t[\w.]+\t))?(?=\[client "[^"]*"\] Coraza: )/;

/** Whichever of the error lines it is; none for any other line. */
export function errorLines(line: string): readonly ErrorLine[] {
  return apacheLines(line) ?? nginxLines(line) ?? corazaLines(line) ?? [];
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

/**
 * Apache's error log: `[Sun Nov 22 20:55:15.715456 2026] [security2:error] [pid 1:tid 2] [client 127.0.0.1:38318] [client
 * 127.0.0.1] ModSecurity: Warning. … [id "942100"] … [hostname "…"] [uri "/"] [unique_id "awNWs_07hfhSV8xFk30W9gAAAI8"]`,
 * and `, referer: …` where the request has one. Apache escapes what it is given once more: backslashes are doubled.
 */
function apacheLines(line: string): readonly ErrorLine[] | undefined {
  const [start, time = ''] = apacheStart.exec(line) ?? [];
  if (start === undefined) return undefined;
  const rest = line.slice(start.length);
  return endings(rest, /\[unique_id "([\w@.-]+)"\](?=$|, referer: )/y).map(({ id, end, certain }) => ({
    certain,
    transactionId: id,
    connection: clientOf(start),
    at: cTime(time),
    engine: 'v2',
    read: () => parseV2Message(unescapeApache(rest.slice(0, end))),
  }));
}

function unescapeApache(text: string): string {
  return text.replace(/\\(?:\\|x[0-9a-f]{2}|[nrtbv])/g, (escaped) => undoEscapes(escaped));
}

/**
 * nginx's error log: `2026/11/22 20:59:52 [info] 6024#6024: *53 ModSecurity: Warning. Matched "Operator … [unique_id "…"]
 * [ref "v159,39"], client: 127.0.0.1, server: staging.test, request: "POST / HTTP/1.1", host: "staging.test"`. Lines of
 * rules that do not refuse have level info. A line ends after 2048 bytes, without its id if need be; then it tells nothing.
 */
function nginxLines(line: string): readonly ErrorLine[] | undefined {
  const [start, time = ''] = nginxStart.exec(line) ?? [];
  if (start === undefined) return undefined;
  const rest = line.slice(start.length);
  return endings(rest, /\[unique_id "([^"]*)"\] \[ref "[^"]*"\](?=$|(?: while [a-z ]+)?, client: )/y).map(
    ({ id, end, certain }) => ({
      certain,
      transactionId: id,
      connection: numberOf(start),
      at: slashTime(time),
      engine: 'v3',
      read: () => parseV3Message(rest.slice(0, end)),
    }),
  );
}

/**
 * Coraza: `[client "127.0.0.1"] Coraza: Warning. … [unique_id "VCvtYYSXPPcWVtClkbf"]`, as it is, after a time, or as Caddy
 * writes it on a terminal, with tabs: `2026/11/23 08:14:07.019	ESC[34mINFOESC[0m	http.handlers.waf	[client …`.
 */
function corazaLines(line: string): readonly ErrorLine[] | undefined {
  const start = corazaStart.exec(line)?.[0];
  if (start === undefined) return undefined;
  const rest = line.slice(start.length);
  return endings(rest, /\[unique_id "([^"\\]*)"\]/y)
    .slice(-1)
    .map(({ id, certain }) => ({
      certain,
      transactionId: id,
      connection: '',
      at: slashTime(start),
      engine: 'coraza',
      read: () => parseCorazaMessage(rest)[0],
    }));
}

/** The same in the JSON log of a server around it, such as Caddy: `{"level":"error","msg":"[client \"…\"] Coraza: …"}`. */
export function errorLinesInJson(line: Uint8Array): readonly ErrorLine[] {
  const value = parseJsonLine(line);
  return corazaLines(text(at(value, 'msg')) || text(at(value, 'message'))) ?? [];
}

/** How many places in a line may be the end of what the engine wrote. */
const mostEndings = 16;

/** @param ending sticky, and with the id as its first group */
function endings(text: string, ending: RegExp): readonly { id: string; end: number; certain: boolean }[] {
  const found: { id: string; end: number }[] = [];
  for (let at = text.indexOf(idField); at >= 0 && found.length < mostEndings; at = text.indexOf(idField, at + 1)) {
    ending.lastIndex = at;
    const match = ending.exec(text);
    if (match !== null) found.push({ id: match[1] ?? '', end: ending.lastIndex });
  }
  return found.map((one) => ({ ...one, certain: found.length === 1 }));
}

const idField = '[unique_id "';
