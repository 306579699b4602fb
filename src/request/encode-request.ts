import type { Content, Pair, Part, RequestBody, RequestSpec, WireRequest } from '../model/request.js';
import { jsonText } from './json-text.js';
import { formText } from './read-body.js';

const utf8 = new TextEncoder();

/** Bytes that a piece of content stands for. */
export function contentBytes(content: Content): Uint8Array {
  return 'text' in content ? utf8.encode(content.text) : Uint8Array.from(Buffer.from(content.base64, 'base64'));
}

/**
 * The one place where a request becomes bytes, so that the embedded engine, HTTP replay and the curl command of a
 * report all mean the same request. Header order: as in the suite, then `Cookie`, `Content-Type`, `Content-Length`
 * where they are not given. A body whose `Content-Length` is dropped is chunked.
 */
export function encodeRequest(spec: RequestSpec): WireRequest {
  const body = encodeBody(spec.body);
  return {
    method: spec.method,
    target: encodeTarget(spec),
    headers: encodeHeaders(spec, body.length),
    body,
    ...(spec.omittedHeaders.includes('host') && { omitsHost: true }),
  };
}

function encodeHeaders(spec: RequestSpec, length: number): readonly Pair[] {
  const headers = [...spec.headers];
  const has = (name: string) =>
    spec.omittedHeaders.includes(name) || headers.some(([given]) => given.toLowerCase() === name);
  if (spec.cookies.length > 0 && !spec.omittedHeaders.includes('cookie'))
    headers.push(['Cookie', encodeCookies(spec.cookies)]);
  const type = contentType(spec.body);
  if (type !== undefined && !has('content-type')) headers.push(['Content-Type', type]);
  const needsLength = spec.body.kind !== 'none' || methodExpectsBody(spec.method);
  const isFramed = has('content-length') || headers.some(([name]) => name.toLowerCase() === 'transfer-encoding');
  if (needsLength && !isFramed) headers.push(['Content-Length', `${length}`]);
  return length > 0 && isUnframed(headers) ? [...headers, framing(spec, length)] : headers;
}

function isUnframed(headers: readonly Pair[]): boolean {
  return !headers.some(([name]) => /^(?:content-length|transfer-encoding)$/i.test(name));
}

/** HTTP/1.1 has no body without an end: one whose length is not to be told goes out in chunks (RFC 9112 section 6.3). */
function framing({ omittedHeaders }: RequestSpec, length: number): Pair {
  return omittedHeaders.includes('transfer-encoding')
    ? ['Content-Length', `${length}`]
    : ['Transfer-Encoding', 'chunked'];
}

/** RFC 9110 section 8.6: a client sends Content-Length: 0 when the method expects content and there is none. */
function methodExpectsBody(method: string): boolean {
  return ['POST', 'PUT', 'PATCH', 'QUERY', 'PROPFIND', 'PROPPATCH'].includes(method);
}

function encodeCookies(cookies: readonly Pair[]): string {
  return cookies.map(([name, value]) => `${name}=${value}`).join('; ');
}

/** The media type that browsers and common clients send with each kind of body. */
function contentType(body: RequestBody): string | undefined {
  switch (body.kind) {
    case 'form':
      return 'application/x-www-form-urlencoded';
    case 'json':
      return 'application/json';
    case 'multipart':
      return `multipart/form-data; boundary=${body.boundary}`;
    case 'raw':
      return 'text/plain; charset=utf-8';
    case 'none':
      return undefined;
  }
}

function encodeBody(body: RequestBody): Uint8Array {
  switch (body.kind) {
    case 'none':
      return new Uint8Array();
    case 'form':
      return utf8.encode(formText(body.fields));
    case 'json':
      return utf8.encode(jsonText(body.value));
    case 'multipart':
      return encodeMultipart(body.boundary, body.parts);
    case 'raw':
      return contentBytes(body.content);
  }
}

/** Request target: the path as given, what HTTP forbids in it percent-encoded, then the query pairs. */
function encodeTarget({ path, query }: RequestSpec): string {
  const rooted = path.startsWith('/') ? path : `/${path}`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must go
  const target = rooted.replace(/[\u0000-\u0020\u007f-\u{10ffff}]/gu, (char) =>
    encodeURIComponent(char.toWellFormed()),
  );
  if (query.length === 0) return target;
  return `${target}${target.includes('?') ? '&' : '?'}${formText(query)}`;
}

function encodeMultipart(boundary: string, parts: readonly Part[]): Uint8Array {
  const chunks = parts.flatMap((part) => [
    utf8.encode(`--${boundary}\r\n${partHead(part)}\r\n\r\n`),
    contentBytes(part.content),
    utf8.encode('\r\n'),
  ]);
  return Buffer.concat([...chunks, utf8.encode(`--${boundary}--\r\n`)]);
}

function partHead(part: Part): string {
  const filename = part.filename === undefined ? '' : `; filename="${escapePartName(part.filename)}"`;
  const type = part.type === undefined ? '' : `\r\nContent-Type: ${part.type}`;
  return `Content-Disposition: form-data; name="${escapePartName(part.name)}"${filename}${type}`;
}

/** Names in part headers as browsers escape them (WHATWG HTML, section 4.10.21.8). */
function escapePartName(name: string): string {
  return name.replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('"', '%22');
}
