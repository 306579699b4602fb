import { correlationHeader } from '../model/correlation.js';
import type { Pair, WireRequest } from '../model/request.js';

/** A request made ready for the wire: header fields in latin1 characters, one a byte. */
export interface PlannedRequest {
  readonly method: string;
  /** The request target, with the base path of the target's URL. */
  readonly path: string;
  readonly headers: readonly Pair[];
  readonly body: Buffer;
}

/**
 * How a request can be sent.
 * - `pooled`: by undici over a kept connection. undici writes `host` and `connection` first and `content-length` last, in
 *   lower case; all other fields go out as given, in order.
 * - `exact`: by `node:http` over a connection of its own, for what undici refuses.
 * - `unsendable`: by no means, with the reason.
 */
export type WirePlan =
  | { readonly kind: 'pooled' | 'exact'; readonly request: PlannedRequest }
  | { readonly kind: 'unsendable'; readonly message: string };

export interface PlanOptions {
  /** Path of the target's URL, without a slash at its end. */
  readonly basePath: string;
  /** The `Host` of requests that do not bring one. */
  readonly host: string;
}

/** Hop-by-hop fields and `Expect`: undici refuses them all. */
const refusedByUndici = ['transfer-encoding', 'keep-alive', 'upgrade', 'expect'];

/**
 * Decides how a request is sent. Header values go out as UTF-8; `Host` comes first where the request has none, the
 * correlation id last. A body without a length gets `Content-Length`: HTTP/1.1 has no request without framing.
 */
export function planWire(wire: WireRequest, correlationId: string, options: PlanOptions): WirePlan {
  const message = obstacle(wire);
  if (message !== undefined) return { kind: 'unsendable', message };
  const headers = completeHeaders(wire, correlationId, options.host);
  const kind = undiciSends(headers, wire) ? 'pooled' : 'exact';
  const sent = kind === 'pooled' ? headers.filter(([name]) => !is(name, 'content-length')) : headers;
  const request = {
    method: wire.method,
    path: `${options.basePath}${wire.target}`,
    headers: sent.map(([name, value]): Pair => [name, latin1OfUtf8(value)]),
    body: Buffer.from(wire.body.buffer, wire.body.byteOffset, wire.body.byteLength),
  };
  return { kind, request };
}

const beyondAscii = /[^\p{ASCII}]/u;

/** The UTF-8 bytes of a text, one character a byte. */
function latin1OfUtf8(text: string): string {
  return beyondAscii.test(text) ? Buffer.from(text).toString('latin1') : text;
}

/** A request whose length is told wrongly would leave the server waiting, or read its rest as another request. */
function obstacle({ method, headers, body }: WireRequest): string | undefined {
  if (method === 'CONNECT') return 'CONNECT asks for a tunnel, not for an answer';
  if (body.length === 0 && expectsContent(method) && !isFramed(headers))
    return `HTTP clients send Content-Length: 0 with a ${method} that has no body`;
  if (has(headers, 'expect') && headers.some(([, value]) => beyondAscii.test(value)))
    return 'node:http garbles header values beyond ASCII in a request with Expect';
  const lengths = valuesOf(headers, 'content-length');
  if (lengths.length === 0) return undefined;
  if (has(headers, 'transfer-encoding')) return 'Content-Length and Transfer-Encoding exclude each other';
  if (lengths.length > 1) return 'there is more than one Content-Length';
  if (lengths[0] === `${body.length}`) return undefined;
  return `Content-Length says ${lengths[0]}, and the body has ${body.length} bytes`;
}

function completeHeaders(wire: WireRequest, correlationId: string, host: string): readonly Pair[] {
  const given = wire.headers.filter(([name]) => !is(name, correlationHeader));
  const addLength = !isFramed(given) && wire.body.length > 0;
  const addHost = wire.omitsHost !== true && !has(given, 'host');
  return [
    ...(addHost ? [['Host', host] as const] : []),
    ...given,
    ...(addLength ? [['Content-Length', `${wire.body.length}`] as const] : []),
    [correlationHeader, correlationId],
  ];
}

function undiciSends(headers: readonly Pair[], { method, body }: WireRequest): boolean {
  const connection = valuesOf(headers, 'connection');
  return (
    valuesOf(headers, 'host').length === 1 &&
    connection.length <= 1 &&
    connection.every((value) => /^(keep-alive|close)$/i.test(value)) &&
    !refusedByUndici.some((name) => has(headers, name)) &&
    (body.length > 0 || expectsContent(method) === has(headers, 'content-length'))
  );
}

function isFramed(headers: readonly Pair[]): boolean {
  return has(headers, 'content-length') || has(headers, 'transfer-encoding');
}

/** undici adds `Content-Length: 0` to these methods, and drops it from all others. */
function expectsContent(method: string): boolean {
  return ['POST', 'PUT', 'PATCH', 'QUERY', 'PROPFIND', 'PROPPATCH'].includes(method);
}

function has(headers: readonly Pair[], name: string): boolean {
  return headers.some(([given]) => is(given, name));
}

function valuesOf(headers: readonly Pair[], name: string): readonly string[] {
  return headers.filter(([given]) => is(given, name)).map(([, value]) => value);
}

function is(name: string, other: string): boolean {
  return name.toLowerCase() === other.toLowerCase();
}
