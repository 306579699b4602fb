import type { RequestBody, RequestSpec, WireRequest } from '../../src/model/request.js';
import { encodeRequest } from '../../src/request/encode-request.js';

/** A request of which only `parts` matter. */
export function encode(parts: Partial<RequestSpec>): WireRequest {
  return encodeRequest({
    method: 'GET',
    path: '/',
    query: [],
    headers: [],
    cookies: [],
    body: { kind: 'none' },
    omittedHeaders: [],
    ...parts,
  });
}

/** The body of a POST, one character a byte. */
export function bodyOf(body: RequestBody): string {
  return Buffer.from(encode({ method: 'POST', body }).body).toString('latin1');
}

/** The header fields of a POST as lines. */
export function headersOf(body: RequestBody, parts: Partial<RequestSpec> = {}): readonly string[] {
  return encode({ method: 'POST', body, ...parts }).headers.map(([name, value]) => `${name}: ${value}`);
}
