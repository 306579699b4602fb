import type { LoggedRequest } from '../../../contract/log-record.js';
import { correlationHeader } from '../../../model/correlation.js';
import type { Pair } from '../../../model/request.js';
import type { ModsecurityRecord } from '../log-record.js';
import { parseCorazaMessage } from './coraza-json.js';
import { asText, isAscii } from './escapes.js';
import { isUserAgent } from './json-value.js';
import { goesOnWith } from './known-rules.js';
import { auditTime, slashTime } from './log-time.js';
import { loggedRequest, partsOfLine } from './logged-request.js';
import type { NativeEntry } from './open-entry.js';
import type { RuleMessage } from './rule-message.js';
import { isCorrelationHeader, type Transaction, toRecord } from './transaction.js';
import { parseV2Message } from './v2-message.js';
import { readProducerLine } from './v2-producer.js';
import { readKnownV3 } from './v3-known.js';
import { parseV3Message } from './v3-message.js';

/**
 * Reads a native audit log entry. Sample of the parts that tell something (ModSecurity 2):
 * `--3e8fba2e-A--` `[22/Nov/2026:20:55:15.716465 +0000] awNWs_07hfhSV8xFk30W9gAAAI8 127.0.0.1 38318 127.0.0.1 18101`
 * `--3e8fba2e-B--` `POST /comments HTTP/1.1` `X-Wafproof-Id: …` · `--3e8fba2e-F--` `HTTP/1.1 403 Forbidden`
 * `--3e8fba2e-H--` `Message: Warning. … [id "942100"] …` `Apache-Error: … the same again` `Action: Intercepted (phase 2)`
 * `Producer: ModSecurity for Apache/2.9.7 (…); OWASP_CRS/3.3.4.` `Engine-Mode: "ENABLED"` · `--3e8fba2e-Z--`
 */
export function readNative(entry: NativeEntry, prefix: string): ModsecurityRecord | undefined {
  const { time, transactionId } = entry;
  const trailer = readTrailer(entry);
  return toRecord(
    {
      correlationId: undefined,
      correlationHeader: correlationHeaderIn(entry.request),
      requestHeaders: entry.engine === 'v2' ? headersIn(entry.request) : undefined,
      transactionId,
      request: requestIn(entry),
      mayTakeId: entry.engine === 'v3',
      at: auditTime(time) ?? slashTime(time),
      status: statusIn(entry.answer),
      messages: trailer.messages,
      interrupted: trailer.interrupted,
      mode: trailer.mode,
      version: trailer.version,
      ruleset: trailer.ruleset,
      connector: trailer.connector,
      isTorn: entry.isTorn || trailer.isTorn,
    },
    prefix,
  );
}

/** Of `HTTP/1.1 403 Forbidden` */
function statusIn(answer: string): number | undefined {
  const start = answer.indexOf(' ') + 1;
  return /^HTTP\/\d(?:\.\d)? \d{3}/.test(answer) ? Number(answer.slice(start, start + 3)) : undefined;
}

/** The lines of a part; empty ones tell nothing. */
function linesOf(part: string): readonly string[] {
  const lines: string[] = [];
  for (let start = 0; start < part.length; ) {
    const feed = part.indexOf('\n', start);
    const end = feed < 0 ? part.length : feed;
    if (end > start) lines.push(part.slice(start, end));
    start = end + 1;
  }
  return lines;
}

function requestIn({ request, client }: NativeEntry): LoggedRequest | undefined {
  const feed = request.indexOf('\n');
  const line = partsOfLine(feed < 0 ? request : request.slice(0, feed));
  return loggedRequest({ ...line, client, userAgent: headerIn(request, 'User-Agent'.length, isUserAgent) ?? '' });
}

function correlationHeaderIn(request: string): string | undefined {
  const value = headerIn(request, correlationHeader.length, isCorrelationHeader);
  return value === undefined ? undefined : asText(value);
}

/** The value of the first header field whose name is so long and is the wanted one. */
function headerIn(request: string, length: number, isWanted: (name: string) => boolean): string | undefined {
  for (let feed = request.indexOf('\n'); feed >= 0; feed = request.indexOf('\n', feed + 1)) {
    const colon = feed + 1 + length;
    if (request[colon] !== ':' || !isWanted(request.slice(feed + 1, colon))) continue;
    const end = request.indexOf('\n', colon);
    return request.slice(colon + 1, end < 0 ? undefined : end).trim();
  }
  return undefined;
}

/** The headers after the request line. */
function headersIn(request: string): readonly Pair[] | undefined {
  if (request === '') return undefined;
  const decode = isAscii(request) ? (text: string) => text : asText;
  const pairs: Pair[] = [];
  const [, ...headers] = linesOf(request);
  for (const line of headers) {
    const colon = line.indexOf(':');
    if (colon > 0) pairs.push([decode(line.slice(0, colon)), decode(line.slice(colon + 1).trim())]);
  }
  return pairs;
}

type Trailer = Pick<Transaction, 'messages' | 'interrupted' | 'mode' | 'version' | 'ruleset' | 'connector' | 'isTorn'>;

const noTrailer: Trailer = {
  messages: [],
  interrupted: undefined,
  mode: undefined,
  version: undefined,
  ruleset: undefined,
  connector: undefined,
};

function readTrailer({ engine, trailer, transactionId }: NativeEntry): Trailer {
  if (engine === 'v2') return readV2Trailer(trailer);
  return engine === 'v3' ? readV3Trailer(trailer, transactionId) : readCorazaTrailer(trailer);
}

function readV2Trailer(trailer: string): Trailer {
  const messages: RuleMessage[] = [];
  const others: string[] = [];
  for (const line of linesOf(trailer)) {
    if (goesOnWith(line, 0, v2Start)) messages.push(parseV2Message(line.slice(v2Start.length)));
    else others.push(line);
  }
  const value = (name: string) => others.find((line) => goesOnWith(line, 0, name))?.slice(name.length);
  const action = /^Intercepted \(phase (\d)\)/.exec(value('Action: ') ?? '');
  const mode = value('Engine-Mode: ');
  const { version, ruleset, connector } = readProducerLine(value('Producer: ') ?? '');
  return {
    messages,
    interrupted: { is: action !== null, phase: action === null ? undefined : Number(action[1]) },
    mode: mode === undefined ? undefined : mode.includes('DETECTION_ONLY') ? 'detect' : 'block',
    version,
    ruleset,
    connector,
    isTorn: others.some((line) => !v2Line.test(line)),
  };
}

/** ModSecurity 2 writes a name and a value on each line of part H, with all that cannot be seen escaped (`msc_logging.c`). */
const v2Line = /^[A-Z][A-Za-z0-9-]*:/;

const v2Start = 'Message: ';

/**
 * libmodsecurity 3 writes a rule's message as it is, line feeds of the request included. So a line belongs to the one
 * before until that one ends as each genuine one does, with the entry's own id.
 */
function readV3Trailer(trailer: string, transactionId: string): Trailer {
  const messages: RuleMessage[] = [];
  const ending = `"] [unique_id "${transactionId}"] [ref "`;
  let begun = '';
  for (const line of linesOf(trailer)) {
    const isWhole = begun === '' && goesOnWith(line, 0, v3Start);
    const known = isWhole ? readKnownV3(line.slice(v3Start.length), ending) : undefined;
    if (known !== undefined) messages.push(known);
    else begun = readAsBegun(begun, line, ending.slice(3), messages);
  }
  return { ...noTrailer, messages };
}

const v3Start = 'ModSecurity: ';

/** Goes on with a message and takes it, if this line ends it. What has begun and not ended is returned. */
function readAsBegun(begun: string, line: string, ending: string, messages: RuleMessage[]): string {
  const whole = begun === '' ? line : `${begun}\n${line}`;
  if (!line.includes(ending) || !/\[ref "[^"]*"\]$/.test(line)) return whole;
  const message = whole.startsWith(v3Start) ? parseV3Message(whole.slice(v3Start.length)) : undefined;
  if (message !== undefined) messages.push(message);
  return '';
}

function readCorazaTrailer(trailer: string): Trailer {
  const messages = linesOf(trailer).flatMap((line) => parseCorazaMessage(undouble(line)));
  return { ...noTrailer, messages, version: 'Coraza' };
}

/** Coraza doubles backslashes in native entries, so that a line feed can be told from the text `\n`. */
function undouble(line: string): string {
  return line.replace(/\\([\\nr])/g, (_, char: string) => ({ n: '\n', r: '\r' })[char] ?? '\\');
}
