import type { LoggedTraffic } from '../../../contract/logged-traffic.js';
import type { Pair } from '../../../model/request.js';
import { at, isTree, list, text } from '../../../util/json-tree.js';
import { partsOfLine } from './logged-request.js';
import { loggedBody, withoutPart } from './traffic-body.js';

const lossy =
  'its body is not whole in the log: an audit log in JSON ends it at the first NUL; the native format (SecAuditLogFormat) has all of it';

/**
 * The request of a line of JSON, of ModSecurity 2 (`request.request_line`), libmodsecurity 3 and Coraza (`transaction.request`).
 * Bytes that are not UTF-8 stand in it as they are, so it is read byte by byte.
 * @returns `none` for a line that is no entry; nothing for an entry without a request
 */
export function trafficOfJson(line: Buffer, number: number): LoggedTraffic | undefined | 'none' {
  const json = parse(line.toString('latin1'));
  if (json === undefined && isBegun(line)) return undefined;
  if (!isTree(json)) return 'none';
  const request = at(json, 'request') ?? at(json, 'transaction', 'request');
  if (!isTree(request)) return 'none';
  const { method, path } = partsOfLine(text(at(request, 'request_line')));
  const [verb, target] = [method || text(at(request, 'method')), path || text(at(request, 'uri'))];
  if (verb === '' || target === '') return undefined;
  const headers = headersOf(at(request, 'headers'));
  const logged = at(request, 'body');
  const body = typeof logged === 'string' ? logged : list(logged).map(text).join('');
  const found = loggedBody(body === '' ? undefined : bytesOf(body), 0, headers, withoutPart);
  const length = Number(headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1] ?? Number.NaN);
  const isCut = found.body !== undefined && found.body.length < length;
  return { method: verb, target: utf8(target), headers, line: number, ...(isCut ? { withoutBody: lossy } : found) };
}

/** Whether a line that is no JSON is the beginning of an entry, cut off. */
function isBegun(line: Buffer): boolean {
  return /^\{[^{}]{0,200}"(?:transaction|request)"\s*:/.test(line.toString('latin1', 0, 400));
}

function parse(line: string): unknown {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** A value of Coraza is a list. */
function headersOf(value: unknown): readonly Pair[] {
  if (!isTree(value)) return [];
  return Object.entries(value).flatMap(([name, one]): readonly Pair[] =>
    typeof one === 'string' ? [[name, utf8(one)]] : list(one).map((item): Pair => [name, utf8(text(item))]),
  );
}

/** Escapes may stand for characters that no byte is. */
function bytesOf(characters: string): Buffer {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all that one byte can hold
  return Buffer.from(characters, /^[\u0000-\u00ff]*$/.test(characters) ? 'latin1' : 'utf8');
}

function utf8(characters: string): string {
  return bytesOf(characters).toString('utf8');
}
