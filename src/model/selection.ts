/** Which cases of the suites are meant. */
export interface Selection {
  /** Only cases whose id or title contains this text. */
  readonly grep?: string;
  /** Only cases with at least one of these tags. */
  readonly tags: readonly string[];
  /** One of `total` parts of the cases; both start at 1. */
  readonly shard?: { readonly index: number; readonly total: number };
}
