import type { ExclusionIds } from '../../../model/draft.js';
import type { AclStatement } from '../acl/statement.js';
import type { AclRule } from '../acl/web-acl.js';

/** One thing that is to be done to a web ACL, so that exclusions are in force. */
export type AclChange = {
  /** The exclusions that it is for: it is done where any of them is in force. */
  readonly exclusions: ExclusionIds;
} & (
  | /** One rule of a group counts only. */
  { readonly kind: 'count'; readonly rule: AclRule; readonly groupRule: string }
  /** A rule of the ACL's own counts only. */
  | { readonly kind: 'count-rule'; readonly rule: AclRule }
  /** The group is asked only where this matches. */
  | { readonly kind: 'scope-down'; readonly rule: AclRule; readonly matching: Narrowed }
  /** The rule matches where this does, and nowhere else. */
  | { readonly kind: 'statement'; readonly rule: AclRule; readonly matching: Narrowed }
  /** A new rule, right behind another one; it has this for its statement. */
  | { readonly kind: 'add'; readonly rule: AclRule; readonly after: AclRule; readonly matching: Narrowed }
  /** A rule makes room. `rule` has the priority that it had. */
  | { readonly kind: 'move'; readonly rule: AclRule; readonly priority: number }
);

/** A statement that is narrowed by conditions: all must hold. */
export interface Narrowed {
  /** What is there whichever exclusions are in force. */
  readonly always: readonly AclStatement[];
  readonly conditions: readonly ScopeCondition[];
}

/** What holds outside of a scope, where any of these exclusions is in force. */
export interface ScopeCondition {
  readonly statement: AclStatement;
  readonly exclusions: ExclusionIds;
}
