import type { Pair } from '../../model/request.js';
import { contentOf } from '../../request/content-of.js';
import { decodeUtf8 } from '../../util/read-file.js';
import type { FtwRequest } from './ftw-test.js';

type Body = FtwRequest['body'];

const formType = 'application/x-www-form-urlencoded';

/**
 * The body that go-ftw sends for `data` (ftwhttp/request.go): line feeds of multipart bodies become CRLF, and a form in
 * which nothing looks encoded is encoded field by field. A form is written field by field where its values are the same.
 */
export function bodyOf(data: Uint8Array, type: string, completes: boolean): Body {
  if (data.length === 0) return { kind: 'none' };
  if (type.startsWith('multipart/form-data;')) return raw(withCrlf(data));
  if (!isForm(type)) return raw(data);
  const text = decodeUtf8(data);
  const encodes = completes && type === formType && !data.includes(0x25) && !data.includes(0x2b);
  if (!encodes) return (text === undefined ? undefined : encodedForm(text)) ?? raw(data);
  return (text === undefined ? undefined : plainForm(text)) ?? raw(Buffer.from(escapeTokens(data)));
}

function isForm(type: string): boolean {
  return type.toLowerCase().startsWith(formType);
}

function raw(bytes: Uint8Array): Body {
  return { kind: 'raw', content: contentOf(bytes) };
}

function withCrlf(data: Uint8Array): Uint8Array {
  return Buffer.from(Buffer.from(data).toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1');
}

/** The fields of an encoded form that, encoded again, is the same text. */
function encodedForm(text: string): Body | undefined {
  const fields = [...new URLSearchParams(text)];
  return new URLSearchParams(fields).toString() === text ? { kind: 'form', fields } : undefined;
}

/** The fields of a form that is written without encoding: `name=value` between every `&`. */
function plainForm(text: string): Body | undefined {
  const tokens = tokensOf(text);
  if (!tokens.every((token) => token.includes('='))) return undefined;
  return { kind: 'form', fields: tokens.map(pairOf) };
}

function pairOf(token: string): Pair {
  const equals = token.indexOf('=');
  return [token.slice(0, equals), token.slice(equals + 1)];
}

/** A last `&` separates nothing. */
function tokensOf(text: string): readonly string[] {
  return (text.endsWith('&') ? text.slice(0, -1) : text).split('&');
}

function escapeTokens(data: Uint8Array): string {
  const escapeToken = (token: string) => {
    const [name, ...rest] = token.split('=');
    return [name ?? '', ...(rest.length > 0 ? [rest.join('=')] : [])].map(escapeQuery).join('=');
  };
  return tokensOf(Buffer.from(data).toString('latin1')).map(escapeToken).join('&');
}

/** Go's `url.QueryEscape`, for bytes given as latin1. */
function escapeQuery(latin1: string): string {
  return latin1.replace(/[^A-Za-z0-9_.~-]/g, (byte) => {
    return byte === ' ' ? '+' : `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  });
}
