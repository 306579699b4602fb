import { decodeUtf8 } from '../../util/read-file.js';
import type { CapturedRequest } from '../captured-request.js';
import type { LeftOut } from '../import-format.js';
import type { ReadLocal } from '../local-files.js';
import type { CurlWay } from './curl-request.js';
import { findCommands } from './find-commands.js';
import type { FoundRequest } from './found-request.js';
import { programIn } from './http-clients.js';
import { asMeant } from './pasted-text.js';
import { namesProgram } from './program-names.js';
import { isCmd, readCmd } from './read-cmd.js';
import { readFetchCalls } from './read-fetch.js';
import { readPowerShell } from './read-powershell.js';

/** What the commands of a text send. */
export interface ReadCurl {
  readonly requests: readonly (CapturedRequest & CurlWay)[];
  /** Commands of which it cannot be told. */
  readonly leftOut: readonly LeftOut[];
  /** Sentences about what is taken for something. */
  readonly notes: readonly string[];
}

/**
 * The requests of curl commands in a text, whatever stands around them: for bash and its like, for the command prompt of
 * Windows, and what browsers copy "as PowerShell" or "as fetch". Nothing in the text is run, and no variable of this process
 * is put into it.
 * @param bytes the text, UTF-8 or not, since commands may carry any bytes
 * @param file what places name
 * @param read reads the files that commands name (`-d @file`)
 */
export async function readCurl(bytes: Uint8Array, file: string, read: ReadLocal): Promise<ReadCurl> {
  const { text: latin1, note } = asMeant(asBytes(bytes));
  const notes: string[] = note === undefined ? [] : [note];
  const found = await findRequests(latin1, read, notes);
  const lineOf = lineCounter(latin1);
  const requests: (CapturedRequest & CurlWay)[] = [];
  const leftOut: LeftOut[] = [];
  for (const { request, at } of found) {
    const place = { file, line: lineOf(at) };
    if ('reason' in request) leftOut.push({ name: `line ${place.line}`, reason: request.reason });
    else requests.push({ ...request, place });
  }
  return { requests, leftOut, notes };
}

async function findRequests(latin1: string, read: ReadLocal, notes: string[]): Promise<readonly FoundRequest[]> {
  const text = decodeUtf8(Buffer.from(latin1, 'latin1'));
  const script = await readPowerShell(text ?? latin1, read);
  notes.push(...script.notes);
  const calls = inBytes(script.found, text);
  const rest = withoutSpans(latin1, script.spans, byteCounter(text));
  const others = namesProgram.test(rest)
    ? await requestsOfCommands(rest, read, notes)
    : /\bfetch\s*\(/.test(rest)
      ? inBytes(readFetchCalls(text ?? latin1), text)
      : [];
  return [...calls, ...others, ...callsOfPrograms(rest)].sort((a, b) => a.at - b.at);
}

function inBytes(found: readonly FoundRequest[], text: string | undefined): readonly FoundRequest[] {
  const byteAt = byteCounter(text);
  return found.map((one) => ({ ...one, at: byteAt(one.at) }));
}

/** Calls in programs that are not read. */
const ofPrograms =
  /\b(axios(?:\.\w{2,8})?|\$\.(?:ajax|post|put)|new XMLHttpRequest|requests\.(?:post|put|patch|delete)|HttpClient\.newHttpClient)\s*\(/g;

function callsOfPrograms(text: string): readonly FoundRequest[] {
  return [...text.matchAll(ofPrograms)].map(({ index, 1: name = '' }) => ({
    request: { reason: `a program would have to run to tell what is sent (${name}): record it, or copy it "as cURL"` },
    at: index,
  }));
}

/** Where the characters of a text stand in its bytes. Places are asked in their order. */
function byteCounter(text: string | undefined): (at: number) => number {
  let [from, bytes] = [0, 0];
  return (at) => {
    if (text === undefined) return at;
    bytes += Buffer.byteLength(text.slice(from, at));
    from = at;
    return bytes;
  };
}

/** The text with blanks in the place of what has been read. */
function withoutSpans(
  text: string,
  spans: readonly (readonly [from: number, to: number])[],
  byteAt: (at: number) => number,
): string {
  let at = 0;
  let rest = '';
  for (const span of spans) {
    const [from, to] = [byteAt(span[0]), byteAt(span[1])];
    rest += text.slice(at, from) + text.slice(from, to).replace(/[^\n]/g, ' ');
    at = to;
  }
  return rest + text.slice(at);
}

async function requestsOfCommands(latin1: string, read: ReadLocal, notes: string[]): Promise<readonly FoundRequest[]> {
  const { commands, unclear } = isCmd(latin1) ? { commands: readCmd(latin1), unclear: [] } : findCommands(latin1);
  const found: FoundRequest[] = unclear.map((at) => ({
    request: { reason: 'where the command begins cannot be told' },
    at,
  }));
  for (const { words, ...command } of commands) {
    const client = programIn(words);
    if (client === undefined) continue;
    const { unknown, at, unset } = command;
    if (unset.length > 0) notes.push(`without a value here, and so empty: $${[...new Set(unset)].join(', $')}`);
    const told =
      unknown === undefined
        ? await client.requests({ ...command, words: words.slice(client.from) }, read)
        : { requests: [{ reason: unknown }], notes: [] };
    notes.push(...told.notes);
    found.push(...told.requests.map((request) => ({ request, at })));
  }
  return found;
}

/** One character a byte. PowerShell writes files in UTF-16. */
function asBytes(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isWide = buffer[0] === 0xff && buffer[1] === 0xfe;
  const latin1 = isWide
    ? Buffer.from(buffer.toString('utf16le'), 'utf8').toString('latin1')
    : buffer.toString('latin1');
  return latin1.replace(/^\xef\xbb\xbf/, '');
}

/** Places are asked in their order. */
function lineCounter(text: string): (at: number) => number {
  let line = 1;
  let counted = 0;
  return (at) => {
    for (let next = text.indexOf('\n', counted); next >= 0 && next < at; next = text.indexOf('\n', counted)) {
      line++;
      counted = next + 1;
    }
    return line;
  };
}
