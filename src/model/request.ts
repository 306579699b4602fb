/** A name and its value. Order and repetition are part of a request's meaning, so pairs are never folded into objects. */
export type Pair = readonly [name: string, value: string];

/** Any value that JSON can hold. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Text as UTF-8, or bytes that are not text, in a form that a saved report can hold. */
export type Content = { readonly text: string } | { readonly base64: string };

/** One part of a `multipart/form-data` body (RFC 7578). A part with a `filename` is an upload. */
export interface Part {
  readonly name: string;
  readonly filename?: string;
  readonly type?: string;
  readonly content: Content;
}

/** What a request carries after its headers, as the suite means it. */
export type RequestBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'form'; readonly fields: readonly Pair[] }
  | { readonly kind: 'json'; readonly value: JsonValue }
  | {
      readonly kind: 'multipart';
      readonly boundary: string;
      readonly parts: readonly Part[];
    }
  | { readonly kind: 'raw'; readonly content: Content };

/**
 * A request as its author means it: values before any encoding. `encodeRequest` turns it into the bytes that are sent.
 * `headers` holds what is sent besides `Host`, `Cookie` (from `cookies`) and `Content-Length`; a `Content-Type` in it
 * wins over the one that follows from the body's kind.
 */
export interface RequestSpec {
  readonly method: string;
  readonly path: string;
  readonly query: readonly Pair[];
  readonly headers: readonly Pair[];
  readonly cookies: readonly Pair[];
  readonly body: RequestBody;
  /** Names of headers, in lower case, that must not be added (`Host: null` in a suite). */
  readonly omittedHeaders: readonly string[];
}

/** A request as it goes over the wire: HTTP/1.1 request target, header fields in order, and the exact body bytes. */
export interface WireRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly Pair[];
  readonly body: Uint8Array;
  /** No `Host` is to be added either: the author dropped it. */
  readonly omitsHost?: true;
}
