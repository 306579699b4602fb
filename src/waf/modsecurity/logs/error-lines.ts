import type { LoggedRequest } from '../../../contract/log-record.js';
import { coraza, nginxCoraza } from './coraza-lines.js';
import { apache, clientOf, type ErrorDialect, type ErrorEngine, nginx, numberOf, otherV3 } from './error-dialects.js';
import { asBytes, closingQuote, undoEscapes } from './escapes.js';
import { parseJsonLine } from './json-value.js';
import { epochTime, logTime } from './log-time.js';
import type { RuleMessage } from './rule-message.js';

/**
 * A line of an engine in a server's error log, one for each transaction id that may be its own: what comes from the
 * request can look like `[unique_id "…"]` too, but cannot know the id of any transaction. All but the id is read only
 * where the transaction is of interest.
 */
export interface ErrorLine {
  readonly transactionId: string;
  readonly engine: ErrorEngine;
  /** No other part of the line looks like its end. */
  readonly certain: boolean;
  at(): string | undefined;
  /** The client's connection, as the server names it. */
  connection(): string;
  read(): RuleMessage | undefined;
  request(): LoggedRequest | undefined;
}

/** Whichever of the error lines it is; none for any other line. */
export function errorLines(line: Buffer): readonly ErrorLine[] {
  if (line[0] === brace) return errorLinesInJson(line);
  const text = asBytes(line, 0, line.length);
  const lines = linesOf(text, [nginx, apache, otherV3, coraza, nginxCoraza]);
  return lines.length > 0 || !text.includes(quotedCoraza) ? lines : errorLinesInPairs(text);
}

const brace = 0x7b;

/**
 * The JSON log of a server around Coraza: `{"level":"error","msg":"[client \"…\"] Coraza: …"}` (Caddy), `"message"` (Traefik
 * and others).
 */
function errorLinesInJson(line: Buffer): readonly ErrorLine[] {
  const value = parseJsonLine(line);
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value);
  const lines = entries.flatMap(([, text]) => (isOfCoraza(text) ? linesOf(text, [coraza]) : []));
  const time = timeOf(new Map(entries));
  return lines.map((one) => ({ ...one, at: () => one.at() ?? time() }));
}

function isOfCoraza(value: unknown): value is string {
  return typeof value === 'string' && value.includes('] Coraza: ');
}

/** How loggers call the time of a line. */
const timeKeys = ['ts', 'time', 'timestamp', '@timestamp'];

function timeOf(entries: ReadonlyMap<string, unknown>): () => string | undefined {
  return () => {
    const time = timeKeys.map((key) => entries.get(key)).find((value) => value !== undefined);
    return typeof time === 'number' ? epochTime(time) : logTime(typeof time === 'string' ? time : '');
  };
}

/** Pairs such as logrus and slog write: `time="…" level=error msg="[client \"192.0.2.7\"] Coraza: …"`. */
function errorLinesInPairs(line: string): readonly ErrorLine[] {
  const start = line.indexOf(quotedCoraza) + quotedCoraza.indexOf('[');
  const quoted = line.slice(start, Math.max(start, closingQuote(line, start)));
  const time = /^time="?([^" ]+)/.exec(line)?.[1] ?? '';
  return linesOf(undoEscapes(quoted), [coraza]).map((one) => ({ ...one, at: () => logTime(time) }));
}

const quotedCoraza = 'msg="[client \\"';

function linesOf(line: string, dialects: readonly ErrorDialect[]): readonly ErrorLine[] {
  for (const dialect of dialects) {
    const lines = endAt(dialect.start, line, 0) < 0 ? [] : linesIn(line, dialect);
    if (lines.length > 0) return lines;
  }
  return [];
}

function linesIn(line: string, dialect: ErrorDialect): readonly ErrorLine[] {
  const begin = dialect.start.lastIndex;
  const found = endingsOf(line, begin, dialect);
  const isWhole = dialect === coraza;
  return (isWhole ? found.slice(-1) : found).map(({ id, idAt, end }) => ({
    transactionId: id,
    engine: dialect.engine,
    certain: found.length === 1,
    at: () => dialect.at(line.slice(0, begin)),
    connection: () => dialect.connection(line.slice(0, begin)),
    read: () => dialect.read(line.slice(begin, isWhole ? undefined : end), id),
    request: () => dialect.request(line, line.slice(0, begin), idAt),
  }));
}

/** How many places in a line may be the end of what the engine wrote. */
const mostEndings = 16;

interface Ending {
  readonly id: string;
  readonly idAt: number;
  readonly end: number;
}

function endingsOf(line: string, from: number, { ending, looseEnding }: ErrorDialect): readonly Ending[] {
  const found = endings(line, from, ending);
  return found.length > 0 || looseEnding === undefined ? found : endings(line, from, looseEnding);
}

function endings(line: string, from: number, ending: RegExp): readonly Ending[] {
  const found: Ending[] = [];
  for (
    let at = line.indexOf(idField, from);
    at >= 0 && found.length < mostEndings;
    at = line.indexOf(idField, at + 1)
  ) {
    const end = endAt(ending, line, at);
    const idAt = at + idField.length;
    if (end >= 0) found.push({ id: line.slice(idAt, line.indexOf('"', idAt)), idAt: at, end });
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
