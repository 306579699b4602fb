import type { Pair } from '../../model/request.js';
import type { TriagedRequest } from '../material.js';
import { readHeader } from './read-response.js';

/** A request as it goes out: its first line, its headers, and the body after an empty line. */
export function readRequestHead(text: string): TriagedRequest | undefined {
  const end = /\r?\n\r?\n/.exec(text);
  const [first = '', ...lines] = text.slice(0, end?.index ?? text.length).split(/\r?\n/);
  const [, method, target] = /^([A-Z]{1,20}) (\S{1,8000})(?: HTTP\/[\d.]{1,3})?$/.exec(first.trim()) ?? [];
  if (method === undefined || target === undefined) return undefined;
  const headers = lines.flatMap(readHeader);
  const host = headerIn(headers, 'host');
  const body = end === null ? '' : text.slice(end.index + end[0].length);
  const url = target.startsWith('/') && host !== undefined ? `http://${host}${target}` : target;
  return { method, url, headers, ...(body !== '' && { body, bodyBytes: Buffer.byteLength(body) }) };
}

function headerIn(headers: readonly Pair[], wanted: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
}
