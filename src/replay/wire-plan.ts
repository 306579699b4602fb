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
  const names = wire.headers.map(([name]) => name.toLowerCase());
  const message = obstacle(wire, names);
  if (message !== undefined) return { kind: 'unsendable', message };
  const kind = undiciSends(wire, names) ? 'pooled' : 'exact';
  const request = {
    method: wire.method,
    path: `${options.basePath}${wire.target}`,
    headers: sentHeaders(kind, wire, names, { host: options.host, correlationId }),
    body: Buffer.from(wire.body.buffer, wire.body.byteOffset, wire.body.byteLength),
  };
  return { kind, request };
}

const beyondAscii = /[^\p{ASCII}]/u;

/** The UTF-8 bytes of a text, one character a byte. */
function latin1OfUtf8(text: string): string {
  return beyondAscii.test(text) ? Buffer.from(text).toString('latin1') : text;
}

/** The text again. */
export function utf8OfLatin1(bytes: string): string {
  return beyondAscii.test(bytes) ? Buffer.from(bytes, 'latin1').toString('utf8') : bytes;
}

/** The names of a request's header fields, in lower case and in their order. */
type Names = readonly string[];

/** A request whose length is told wrongly would leave the server waiting, or read its rest as another request. */
function obstacle({ method, headers, body }: WireRequest, names: Names): string | undefined {
  if (method === 'CONNECT') return 'CONNECT asks for a tunnel, not for an answer';
  if (names.includes('expect') && headers.some(([, value]) => beyondAscii.test(value)))
    return 'node:http garbles header values beyond ASCII in a request with Expect';
  if (!names.includes('content-length')) return undefined;
  if (names.includes('transfer-encoding')) return 'Content-Length and Transfer-Encoding exclude each other';
  const [length, ...others] = headers.flatMap(([, value], at) => (names[at] === 'content-length' ? [value] : []));
  if (others.length > 0) return 'there is more than one Content-Length';
  if (length === `${body.length}`) return undefined;
  return `Content-Length says ${length}, and the body has ${body.length} bytes`;
}

/** The fields that go out; undici writes the length itself. */
function sentHeaders(
  kind: 'pooled' | 'exact',
  wire: WireRequest,
  names: Names,
  own: { readonly host: string; readonly correlationId: string },
): readonly Pair[] {
  const sent: Pair[] = [];
  if (wire.omitsHost !== true && !names.includes('host')) sent.push(['Host', latin1OfUtf8(own.host)]);
  wire.headers.forEach(([name, value], at) => {
    const isDropped = names[at] === idHeader || (kind === 'pooled' && names[at] === 'content-length');
    if (!isDropped) sent.push([name, latin1OfUtf8(value)]);
  });
  if (kind === 'exact' && !isFramed(names) && wire.body.length > 0)
    sent.push(['Content-Length', `${wire.body.length}`]);
  sent.push([correlationHeader, own.correlationId]);
  return sent;
}

const idHeader = correlationHeader.toLowerCase();

function undiciSends({ method, headers, body, omitsHost }: WireRequest, names: Names): boolean {
  const hosts = names.filter((name) => name === 'host').length;
  const connection = headers.filter((_, at) => names[at] === 'connection');
  return (
    (hosts === 1 || (hosts === 0 && omitsHost !== true)) &&
    connection.length <= 1 &&
    connection.every(([, value]) => /^(keep-alive|close)$/i.test(value)) &&
    !refusedByUndici.some((name) => names.includes(name)) &&
    (body.length > 0 || expectsContent(method) === names.includes('content-length'))
  );
}

function isFramed(names: Names): boolean {
  return names.includes('content-length') || names.includes('transfer-encoding');
}

/** undici adds `Content-Length: 0` to these methods, and drops it from all others. */
function expectsContent(method: string): boolean {
  return contentMethods.includes(method);
}

const contentMethods = ['POST', 'PUT', 'PATCH', 'QUERY', 'PROPFIND', 'PROPPATCH'];
