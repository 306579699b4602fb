import type { AclSource, Front } from '../acl/web-acl.js';

/** What can be wrong with a web ACL without anything saying so. */
export type LintId =
  | 'override-of-no-rule'
  | 'label-of-no-rule'
  | 'label-too-late'
  | 'reblock-after-allow'
  | 'size-never-matches'
  | 'rule-shadowed'
  | 'excluded-rule'
  | 'forgeable-exemption'
  | 'version-expires'
  | 'not-sampled'
  | 'not-measured'
  | 'not-logged'
  | 'id-redacted'
  | 'group-counts'
  | 'duplicate-priority'
  | 'over-capacity'
  | 'regex-unsupported';

/**
 * - `error`: it does not do what it says, or AWS does not take it.
 * - `warning`: it lets through more than it seems to, or soon will.
 * - `note`: it costs something, or hides what one wants to see.
 */
export type LintSeverity = 'error' | 'warning' | 'note';

/** One thing that is wrong with a web ACL. The texts are sentences; what they quote of the web ACL is made visible. */
export interface LintFinding {
  readonly id: LintId;
  readonly severity: LintSeverity;
  /** A JSON pointer or an address in the source, as `AclRule.place` has it; empty for the web ACL as a whole. */
  readonly place: string;
  /** The rule, where it is about one. */
  readonly rule?: string;
  readonly what: string;
  readonly consequence: string;
  readonly cure: string;
}

/** A managed group as AWS describes it to this account (DescribeManagedRuleGroup and the list of versions). */
export interface DescribedGroup {
  /** The version in use. */
  readonly version?: string;
  /** The names of its rules in that version. */
  readonly rules?: readonly string[];
  /** When the version expires, in milliseconds since 1970. */
  readonly expires?: number;
}

/** What a file does not tell and AWS can. All of it may be missing. */
export interface LintFacts {
  /** What the web ACL stands before: its body limit holds. Without it, a load balancer or CloudFront, by the scope. */
  readonly front?: Front;
  /** By vendor and name: `AWS#AWSManagedRulesCommonRuleSet`. */
  readonly groups?: ReadonlyMap<string, DescribedGroup>;
  readonly logging?: 'none' | { readonly redactedHeaders: readonly string[] };
  /** The header by which requests are found again. */
  readonly correlationHeader?: string;
  /** Milliseconds since 1970; needed to tell that a version expires soon. */
  readonly now?: number;
}

/** One check: a function of what was read and what is known besides. */
export type LintCheck = (source: AclSource, facts: LintFacts) => readonly LintFinding[];
