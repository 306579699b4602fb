import type { Pair } from '../../../model/request.js';

/** Status, headers and body that a rule answers with in place of the bare 403. */
export interface CustomResponse {
  readonly status: number;
  readonly headers: readonly Pair[];
  /** A key of `WebAcl.responseBodies`. */
  readonly bodyKey?: string;
}

/** What is done with a request (WAFv2 API, `RuleAction`). */
export type RuleAction =
  | { readonly kind: 'allow' | 'count' | 'captcha' | 'challenge'; readonly insertHeaders: readonly Pair[] }
  | { readonly kind: 'block'; readonly response?: CustomResponse }
  /** An action that is newer than this program, or known at deployment only. */
  | { readonly kind: 'unknown'; readonly why: string };

/** Another action for one rule of a group. */
export interface ActionOverride {
  readonly rule: string;
  readonly action: RuleAction;
  /** It stands in the old list `ExcludedRules`, which always counts. */
  readonly isExcludedRule?: true;
}
