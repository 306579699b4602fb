import type { Pair } from '../../../model/request.js';
import type { Front } from '../acl/web-acl.js';

/** Who sends a request. What is absent is not known. */
export interface ClientFacts {
  readonly ip?: string;
  /** ISO 3166-1, two letters. */
  readonly country?: string;
  /** Number of the autonomous system. */
  readonly asn?: number;
  /** Countries and systems of addresses in headers, where they are known. */
  readonly ofAddress?: ReadonlyMap<string, { readonly country?: string; readonly asn?: number }>;
}

/** Whether the request has a token that proves a solved puzzle or a passed silent check; absent: by its cookie. */
export interface TokenFacts {
  readonly captcha?: boolean;
  readonly challenge?: boolean;
}

/** What the WAF is handed. Texts hold one byte a character (latin1). */
export interface RequestFacts {
  readonly method: string;
  /** As it was sent, without the query string. */
  readonly path: string;
  /** What stands after the first `?`; absent where there is none. */
  readonly query?: string;
  /** What stands after `#`, where a client sends it. */
  readonly fragment?: string;
  readonly headers: readonly Pair[];
  readonly body: string;
  readonly client: ClientFacts;
  readonly tokens: TokenFacts;
  readonly front: Front;
}
