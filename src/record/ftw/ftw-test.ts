import type { Pair, RequestBody, RequestSpec } from '../../model/request.js';

/** What go-ftw sends in one stage of a test (ftw-tests-schema, `input`), with its defaults filled in. */
export interface FtwInput {
  readonly method: string;
  readonly uri: string;
  readonly version: string;
  readonly headers: readonly Pair[];
  /** The body as written, before go-ftw encodes it; empty: none. */
  readonly data: Uint8Array;
  /** go-ftw completes the request: `Content-Type`, and the encoding of forms. */
  readonly completes: boolean;
}

/** The request of a test as a suite has it. */
export interface FtwRequest extends RequestSpec {
  readonly body: Extract<RequestBody, { readonly kind: 'none' | 'form' | 'raw' }>;
}

/** What a test expects of the WAF's log (`output`). */
export interface FtwExpectation {
  /** Rules that have to match. */
  readonly rules: readonly string[];
  /** Rules that must not match. */
  readonly noRules: readonly string[];
}

/** Why a test cannot become a case. */
export const leftOutReasons = {
  disabled: 'switched off in their file (meta.enabled)',
  stages: 'several requests in a row, or none (stages)',
  template: 'made from a template of requests (template, payload)',
  raw: 'a whole request byte by byte (encoded_request)',
  error: 'an error is expected instead of an answer (expect_error)',
  response: 'about the answer of the server (response, rules 95… and 980…)',
  'no-rule': 'no rule is named, only a status',
  version: 'an HTTP version other than 1.0 and 1.1',
  method: 'a method that is not one word',
  target: 'a request target that is no path, or has spaces or control characters in it',
  header: 'a header that HTTP does not allow, or that Wafproof sets itself',
  framing: 'a body with Transfer-Encoding',
  'go-template': 'data with a Go template other than "repeat"',
  shape: 'not written as a test is (ftw-tests-schema)',
} as const;

export type LeftOutReason = keyof typeof leftOutReasons;

/** A value, or why there is none. */
export type Either<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'left-out'; readonly reason: LeftOutReason };

export function value<T>(given: T): Either<T> {
  return { kind: 'value', value: given };
}

export function leftOut(reason: LeftOutReason): Either<never> {
  return { kind: 'left-out', reason };
}
