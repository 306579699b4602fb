import type { Pair, RequestBody, RequestSpec } from '../../model/request.js';
import { isSecretName } from '../../request/credential-names.js';
import { contentBytes, encodeRequest } from '../../request/encode-request.js';
import { type Harmless, harmlessBody, letters } from '../../request/harmless-body.js';
import { probeParameter } from '../../request/probe-request.js';
import { asGiven, isJsonType, readBody } from '../../request/read-body.js';
import { withHeader } from './change-headers.js';
import { headerValues, isOdd } from './odd-texts.js';
import type { FormToken } from './probe-material.js';

const formType = 'application/x-www-form-urlencoded';
const oneField: RequestBody = { kind: 'form', fields: [[probeParameter, 'a']] };
/** A body of this size and more may be refused for that, in bytes: AWS WAF looks at 8 KB by default. */
const large = 4096;

/**
 * The request with a body that no rule about contents refuses. Tokens stay as they are. A request that changes something
 * gets one field where it has no body: it is never the same again.
 */
export function ownBody(request: RequestSpec): RequestSpec {
  const bytes = encodeRequest(request).body;
  if (bytes.length === 0) return isSafe(request.method) ? request : formed(request, oneField);
  const tries = [bodied(request, bytes.length, 'a', isToken), bodied(request, bytes.length, 'e', isToken)];
  return tries.find((one) => !isSameBody(one, bytes)) ?? unnamedBody(request) ?? bodied(request, bytes.length, 'a');
}

/** One field of another name, in a body of the same type and size; nothing where the body has no fields. */
export function unnamedBody(request: RequestSpec): RequestSpec | undefined {
  const size = encodeRequest(request).body.length;
  const name = `${probeParameter}x`;
  const filled = (frame: number) => letters(Math.max(1, size - frame));
  const read = readBody(request);
  switch (read.kind) {
    case 'form':
      return unframed({ ...request, body: { kind: 'form', fields: [[name, filled(name.length + 1)]] } });
    case 'json':
      return unframed({ ...request, body: rawText(`{"${name}":"${filled(name.length + 7)}"}`) });
    case 'multipart':
      return unframed({ ...request, body: { ...read, parts: [{ name, content: { text: filled(framed) } }] } });
    case 'raw':
    case 'none':
      return undefined;
  }
}

/** About what stands around one part of a multipart body, in bytes. */
const framed = 120;

/** Methods that change nothing (RFC 9110 section 9.2.1). */
export function isSafe(method: string): boolean {
  return ['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(method);
}

function bodied(request: RequestSpec, bytes: number, letter: string, keeps = never): RequestSpec {
  const body = malformedBody(request, bytes, letter) ?? harmlessBody(request, bytes, { letter, keeps });
  return unframed({ ...request, body: asGiven(request.body, body) });
}

const never: NonNullable<Harmless['keeps']> = () => false;

function isToken(name: string, value: string): boolean {
  return isSecretName(name) && !isOdd(value);
}

/** What cannot be read as what its type says becomes what can be. */
function malformedBody(request: RequestSpec, bytes: number, letter: string): RequestBody | undefined {
  const [type = ''] = headerValues(request, 'content-type');
  const isRead = readBody(request).kind !== 'raw';
  if (isRead || bytes === 0) return undefined;
  if (isJsonType(type)) return rawText(`{"a":"${letters(bytes - '{"a":""}'.length, letter)}"}`);
  const [, quoted, bare] = /^multipart\/form-data.*;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(type) ?? [];
  const boundary = quoted ?? bare;
  if (boundary === undefined) return undefined;
  return { kind: 'multipart', boundary, parts: [{ name: 'a', content: { text: letters(bytes, letter) } }] };
}

/** Whether a body is what its content type says. */
export function isMalformed(request: RequestSpec): boolean {
  const [type = ''] = headerValues(request, 'content-type');
  return isJsonType(type) && request.body.kind === 'raw' && readBody(request).kind === 'raw';
}

function rawText(text: string): RequestBody {
  return { kind: 'raw', content: { text } };
}

/** Nothing where the body is short anyway. */
export function shortBody(request: RequestSpec): RequestSpec | undefined {
  if (encodeRequest(request).body.length < large) return undefined;
  const [type = ''] = headerValues(request, 'content-type');
  if (isJsonType(type) || request.body.kind === 'json') return unframed({ ...request, body: rawText('{"a":"a"}') });
  if (request.body.kind === 'multipart')
    return unframed({ ...request, body: { ...request.body, parts: [{ name: 'a', content: { text: 'a' } }] } });
  return unframed({ ...request, body: rawText('a=a') });
}

/** A form, or JSON where it is a form; nothing where there is no body. */
export function otherType(request: RequestSpec): RequestSpec | undefined {
  if (encodeRequest(request).body.length === 0) return undefined;
  if (readBody(request).kind !== 'form') return formed(request, oneField);
  return withHeader(unframed({ ...request, body: rawText('{"a":"a"}') }), 'Content-Type', 'application/json');
}

/** The token goes where such tokens go: into the form, and into the header fields in which scripts send it. */
export function withToken(request: RequestSpec, { fields, headers }: FormToken): RequestSpec | undefined {
  if (headers.length === 0) return undefined;
  const sent = withFields(ownBody(request), fields);
  return headers.reduce((changed, [name, value]) => withHeader(changed, name, value), sent);
}

function withFields(request: RequestSpec, token: readonly Pair[]): RequestSpec {
  const body = readBody(request);
  const names = new Set(token.map(([name]) => name));
  if (body.kind === 'form')
    return formed(request, { kind: 'form', fields: [...body.fields.filter(([name]) => !names.has(name)), ...token] });
  if (body.kind !== 'multipart') return request;
  const own = body.parts.filter(({ name }) => !names.has(name));
  const added = token.map(([name, text]) => ({ name, content: { text } }));
  return unframed({ ...request, body: { ...body, parts: [...own, ...added] } });
}

function formed(request: RequestSpec, body: RequestBody): RequestSpec {
  return withHeader(unframed({ ...request, body }), 'Content-Type', formType);
}

/** The length is another one. */
function unframed(request: RequestSpec): RequestSpec {
  return { ...request, headers: request.headers.filter(([name]) => name.toLowerCase() !== 'content-length') };
}

function isSameBody(request: RequestSpec, bytes: Uint8Array): boolean {
  return request.body.kind === 'raw'
    ? Buffer.compare(contentBytes(request.body.content), bytes) === 0
    : Buffer.compare(encodeRequest(request).body, bytes) === 0;
}
