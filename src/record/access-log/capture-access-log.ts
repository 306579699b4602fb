import { gunzipSync } from 'node:zlib';
import { fail } from '../../model/error.js';
import type { Pair } from '../../model/request.js';
import { reasonOf } from '../../util/reason-of.js';
import type { CapturedRequest } from '../captured-request.js';
import type { Capture } from '../capturing.js';
import type { ImportSource, LeftOut } from '../import-format.js';
import { readSource } from '../read-source.js';
import { AccessLogReader, type LoggedLine } from './log-line.js';

/** The longest log, unpacked: 200 MB. */
const maxLog = 200 * 1024 * 1024;

/** Requests of an access log: their queries, and bodies in the few logs that have them. */
export const captureAccessLog: Capture = async (source) => {
  const log = unpacked(await readSource(source, maxLog), source).toString('latin1');
  const reader = new AccessLogReader();
  const requests: CapturedRequest[] = [];
  const leftOut: LeftOut[] = [];
  let line = 0;
  for (let at = 0; at < log.length; ) {
    const feed = log.indexOf('\n', at);
    const end = feed < 0 ? log.length : feed;
    const read = reader.read(log.slice(at, end).replace(/\r$/, ''));
    line++;
    at = end + 1;
    if (read === 'comment') continue;
    const reason = read === undefined ? 'no request in a line' : whyNot(read);
    if (read === undefined || reason !== undefined) leftOut.push({ name: `line ${line}`, reason: reason ?? '' });
    else requests.push(captured(read, source.shown, line));
  }
  return { requests, leftOut, notes: [] };
};

function unpacked(bytes: Buffer, { shown }: ImportSource): Buffer {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: maxLog });
  } catch (error) {
    throw fail('IMPORT_UNREADABLE', { reason: reasonOf(error) }, { place: { file: shown } });
  }
}

function whyNot({ method, target, body }: LoggedLine): string | undefined {
  if (!/^(?:GET|HEAD|DELETE|OPTIONS)$/.test(method) && body === undefined)
    return `its body is not in an access log (${method})`;
  if (!target.startsWith('/') && !/^https?:/i.test(target)) return 'no request in a line';
  return body === undefined && !target.includes('?') ? 'it has no query' : undefined;
}

function captured(
  { method, target, userAgent, contentType, body = '' }: LoggedLine,
  file: string,
  line: number,
): CapturedRequest {
  const pair = (name: string, value: string): readonly Pair[] => (value === '' ? [] : [[name, utf8(value)]]);
  return {
    method,
    url: utf8(target),
    headers: [...pair('User-Agent', userAgent), ...pair('Content-Type', contentType)],
    body: body === '' ? { kind: 'none' } : { kind: 'bytes', bytes: asBytes(body) },
    place: { file, line },
  };
}

/** Escapes of JSON may stand for more than a byte. */
function asBytes(text: string): Buffer {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all that one byte can hold
  return Buffer.from(text, /^[\u0000-\u00ff]*$/.test(text) ? 'latin1' : 'utf8');
}

function utf8(text: string): string {
  return asBytes(text).toString('utf8');
}
