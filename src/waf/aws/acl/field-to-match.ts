/** What of a web request is taken: all, only what is named, or all but that. Header names in lower case. */
export type MatchPattern =
  | { readonly kind: 'all' }
  | { readonly kind: 'included'; readonly names: readonly string[] }
  | { readonly kind: 'excluded'; readonly names: readonly string[] };

/** Whether names, values, or both are inspected (`MatchScope`). */
export type MatchScope = 'ALL' | 'KEY' | 'VALUE';

/** What becomes of a component that is longer than the WAF inspects (`OversizeHandling`). */
export type OversizeHandling = 'CONTINUE' | 'MATCH' | 'NO_MATCH';

/** What becomes of a request in which a component cannot be computed (`FallbackBehavior`). */
export type FallbackBehavior = 'MATCH' | 'NO_MATCH';

/** The component of a web request that a statement inspects (WAFv2 API, `FieldToMatch`). */
export type FieldToMatch =
  | { readonly kind: 'method' | 'uri-path' | 'query-string' | 'all-query-arguments' }
  | { readonly kind: 'single-header' | 'single-query-argument'; readonly name: string }
  | {
      readonly kind: 'headers' | 'cookies';
      readonly pattern: MatchPattern;
      readonly scope: MatchScope;
      readonly oversize: OversizeHandling;
    }
  | { readonly kind: 'header-order'; readonly oversize: OversizeHandling }
  | { readonly kind: 'body'; readonly oversize: OversizeHandling }
  | {
      readonly kind: 'json-body';
      /** JSON pointers (RFC 6901), or everything. */
      readonly pointers: readonly string[] | 'all';
      readonly scope: MatchScope;
      /** Absent: what was read before the fault is inspected. */
      readonly invalid?: 'EVALUATE_AS_STRING' | FallbackBehavior;
      readonly oversize: OversizeHandling;
    }
  | { readonly kind: 'ja3' | 'ja4' | 'uri-fragment'; readonly fallback: FallbackBehavior }
  /** A component that is newer than this program, or whose settings are known at deployment only. */
  | { readonly kind: 'unknown'; readonly why: string };

/** What a statement inspects, and what is done to it before; transformations in the order in which they run. */
export interface Inspection {
  readonly field: FieldToMatch;
  /** Of the query string, before it is split into arguments (`PreParseTextTransformations`). */
  readonly preParse: readonly string[];
  /** Names as the API spells them, such as `URL_DECODE`. */
  readonly transformations: readonly string[];
}
