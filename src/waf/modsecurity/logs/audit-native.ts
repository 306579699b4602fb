import type { LogRecord } from '../../../contract/log-record.js';
import type { Pair } from '../../../model/request.js';
import { parseCorazaMessage } from './coraza-json.js';
import { asText } from './escapes.js';
import { auditTime, slashTime } from './log-time.js';
import type { NativeEntry } from './native-entries.js';
import type { RuleMessage } from './rule-message.js';
import { type Transaction, toRecord } from './transaction.js';
import { parseV2Message } from './v2-message.js';
import { readProducer } from './v2-producer.js';
import { parseV3Message } from './v3-message.js';

/**
 * Reads a native audit log entry. Sample of the parts that tell something (ModSecurity 2):
 * `--3e8fba2e-A--` `[22/Nov/2026:20:55:15.716465 +0000] awNWs_07hfhSV8xFk30W9gAAAI8 127.0.0.1 38318 127.0.0.1 18101`
 * `--3e8fba2e-B--` `POST /comments HTTP/1.1` `X-Wafproof-Id: …` · `--3e8fba2e-F--` `HTTP/1.1 403 Forbidden`
 * `--3e8fba2e-H--` `Message: Warning. … [id "942100"] …` `Apache-Error: … the same again` `Action: Intercepted (phase 2)`
 * `Producer: ModSecurity for Apache/2.9.7 (…); OWASP_CRS/3.3.4.` `Engine-Mode: "ENABLED"` · `--3e8fba2e-Z--`
 */
export function readNative(entry: NativeEntry, prefix: string): LogRecord | undefined {
  const [, time = '', transactionId = ''] = /^\[([^\]]+)\] (\S+)/.exec(entry.first) ?? [];
  const status = /^HTTP\/\d(?:\.\d)? (\d{3})/.exec(entry.answer)?.[1];
  return toRecord(
    {
      headers: headersIn(entry.request),
      headersAreInOrder: entry.engine === 'v2',
      transactionId,
      mayTakeId: entry.engine === 'v3',
      at: auditTime(time) ?? slashTime(time),
      status: status === undefined ? undefined : Number(status),
      ...trailerReaders[entry.engine](entry.trailer, transactionId),
    },
    prefix,
  );
}

function headersIn([requestLine, ...headers]: readonly string[]): readonly Pair[] | undefined {
  if (requestLine === undefined) return undefined;
  return headers.flatMap((line) => {
    const colon = line.indexOf(':');
    return colon <= 0 ? [] : [[asText(line.slice(0, colon)), asText(line.slice(colon + 1).trim())] as const];
  });
}

type Trailer = Pick<Transaction, 'messages' | 'interrupted' | 'mode' | 'version' | 'ruleset' | 'connector'>;

const trailerReaders: Readonly<
  Record<NativeEntry['engine'], (lines: readonly string[], transactionId: string) => Trailer>
> = { v2: readV2Trailer, v3: readV3Trailer, coraza: readCorazaTrailer };

function readV2Trailer(lines: readonly string[]): Trailer {
  const value = (name: string) => lines.find((line) => line.startsWith(name))?.slice(name.length);
  const action = /^Intercepted \(phase (\d)\)/.exec(value('Action: ') ?? '');
  const mode = value('Engine-Mode: ');
  return {
    messages: lines.flatMap((line) => (line.startsWith('Message: ') ? [parseV2Message(line.slice(9))] : [])),
    interrupted: { is: action !== null, phase: action === null ? undefined : Number(action[1]) },
    ...readProducer((value('Producer: ') ?? '').split(';').map((part) => asText(part.trim()))),
    mode: mode === undefined ? undefined : mode.includes('DETECTION_ONLY') ? 'detect' : 'block',
  };
}

/**
 * libmodsecurity 3 writes a rule's message as it is, line feeds of the request included. So a line belongs to the one
 * before until that one ends as each genuine one does, with the entry's own id.
 */
function readV3Trailer(lines: readonly string[], transactionId: string): Trailer {
  const messages: RuleMessage[] = [];
  let begun = '';
  for (const line of lines) {
    begun = begun === '' ? line : `${begun}\n${line}`;
    if (!endsMessage(line, transactionId)) continue;
    const message = begun.startsWith(v3Start) ? parseV3Message(begun.slice(v3Start.length)) : undefined;
    if (message !== undefined) messages.push(message);
    begun = '';
  }
  return { messages };
}

const v3Start = 'ModSecurity: ';

function endsMessage(line: string, transactionId: string): boolean {
  return line.includes(`[unique_id "${transactionId}"] [ref "`) && /\[ref "[^"]*"\]$/.test(line);
}

function readCorazaTrailer(lines: readonly string[]): Trailer {
  return { messages: lines.flatMap((line) => parseCorazaMessage(undouble(line))), version: 'Coraza' };
}

/** Coraza doubles backslashes in native entries, so that a line feed can be told from the text `\n`. */
function undouble(line: string): string {
  return line.replace(/\\([\\nr])/g, (_, char: string) => ({ n: '\n', r: '\r' })[char] ?? '\\');
}
