import type { AclStatement } from '../acl/statement.js';
import type { AclRule } from '../acl/web-acl.js';

/** One thing that is to be done to a web ACL, so that exclusions are in force. */
export type AclChange =
  /** One rule of a group counts only. */
  | { readonly kind: 'count'; readonly rule: AclRule; readonly groupRule: string }
  /** A rule of the ACL's own counts only. */
  | { readonly kind: 'count-rule'; readonly rule: AclRule }
  /** The group is asked only where this matches. */
  | { readonly kind: 'scope-down'; readonly rule: AclRule; readonly statement: AclStatement }
  /** The rule matches where this does, and nowhere else. */
  | { readonly kind: 'statement'; readonly rule: AclRule; readonly statement: AclStatement }
  /** A new rule, right behind another one. */
  | { readonly kind: 'add'; readonly rule: AclRule; readonly after: AclRule; readonly exclusions: readonly string[] }
  /** A rule makes room. `rule` has the priority that it had. */
  | { readonly kind: 'move'; readonly rule: AclRule; readonly priority: number };
