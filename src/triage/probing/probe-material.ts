import type { Pair } from '../../model/request.js';

/** What a page with a form brings: its token, and the cookies that belong to it. */
export interface FormToken {
  readonly fields: readonly Pair[];
  /** Header fields in which scripts send it. */
  readonly headers: readonly Pair[];
  readonly cookies: readonly Pair[];
}

/** What probes are made with, beside the refused request. */
export interface ProbeMaterial {
  /** Scheme, host and port of the site, as a browser names it. */
  readonly origin: string;
  /** A path beside the request's own that does not exist, without a query. */
  readonly aside: string;
  /** The same at the root of the site; absent where `aside` is there. */
  readonly away?: string;
  /** The form on the page at the same URL, where a probe has brought one. */
  readonly form?: FormToken;
  /** Header fields of somebody who may do more; none where the user gave none. */
  readonly credentials: readonly Pair[];
  /** The user named another address of this machine. */
  readonly hasOtherAddress: boolean;
  /** The user allows to wait. */
  readonly mayWait: boolean;
}
