import { correlationHeader } from '../../model/correlation.js';
import type { Pair } from '../../model/request.js';
import { encodeRequest } from '../../request/encode-request.js';
import { bodyOf } from './encode-data.js';
import { type Either, type FtwInput, type FtwRequest, leftOut, value } from './ftw-test.js';

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const formType = 'application/x-www-form-urlencoded';

/**
 * The request of a test as a suite can have it. What the test does not send is switched off, so that nothing is added:
 * `User-Agent`, `Accept`, `Host` and, where go-ftw completes nothing, `Content-Type` and `Content-Length`. Two headers are
 * left to Wafproof: a `Content-Length` that is right, and `Host: localhost`, which stands for wherever the tests are sent.
 */
export function draftRequest(input: FtwInput): Either<FtwRequest> {
  const { method, uri, version, headers, data, completes } = input;
  if (!/^HTTP\/1\.[01]$/.test(version)) return leftOut('version');
  if (!token.test(method)) return leftOut('method');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they end a request target
  if (!/^\/[^\u0000-\u0020\u007f]*$/.test(uri)) return leftOut('target');
  if (!headers.every(isSendable)) return leftOut('header');
  if (headerValue(headers, 'transfer-encoding') !== undefined) return leftOut('framing');
  const body = bodyOf(data, typeOf(input) ?? '', completes);
  const request = { method, path: uri, query: [], cookies: [], body };
  const length = headerValue(encodeRequest({ ...request, headers: [], omittedHeaders: [] }).headers, 'content-length');
  return value({ ...request, headers: ownHeaders(input, body, length), omittedHeaders: omitted(input, length) });
}

function isSendable([name, text]: Pair): boolean {
  return token.test(name) && !/[\r\n\0]/.test(text) && name.toLowerCase() !== correlationHeader.toLowerCase();
}

/** The media type with which the body is sent. */
function typeOf({ headers, data, completes }: FtwInput): string | undefined {
  const given = headerValue(headers, 'content-type');
  return completes && data.length > 0 ? given || formType : given;
}

/** `length` is the one that Wafproof sends by itself. A length of the text before it is encoded is meant to be right. */
function ownHeaders(input: FtwInput, body: FtwRequest['body'], length: string | undefined): readonly Pair[] {
  const type = typeOf(input);
  const isImplied = body.kind === 'form' && type === formType;
  const headers = input.headers.flatMap(([name, text]): readonly Pair[] => {
    if (is(name, 'host') && text === 'localhost') return [];
    if (is(name, 'content-length') && length !== undefined && [length, `${input.data.length}`].includes(text))
      return [];
    if (!is(name, 'content-type')) return [[name, text]];
    return isImplied ? [] : [[name, text || (type ?? text)]];
  });
  const isMissing = type !== undefined && !isImplied && headerValue(headers, 'content-type') === undefined;
  return isMissing ? [...headers, ['Content-Type', type]] : headers;
}

function omitted(input: FtwInput, length: string | undefined): readonly string[] {
  const { headers, data, completes } = input;
  const type = data.length > 0 && typeOf(input) === undefined ? ['content-type'] : [];
  const framing = length !== undefined && !completes ? ['content-length'] : [];
  const unwanted = ['host', 'user-agent', 'accept', ...type, ...framing];
  return unwanted.filter((name) => headerValue(headers, name) === undefined);
}

function headerValue(headers: readonly Pair[], name: string): string | undefined {
  return headers.find(([given]) => is(given, name))?.[1];
}

function is(name: string, other: string): boolean {
  return name.toLowerCase() === other.toLowerCase();
}
