/** The part of a request that a rule of a managed group looks at. */
export type InspectedPart =
  | 'user-agent'
  | 'host'
  | 'headers'
  | 'cookies'
  | 'cookie-header'
  | 'query-string'
  | 'query-arguments'
  | 'uri-path'
  | 'body'
  | 'method'
  | 'address'
  | 'client'
  | 'account';

/** What a rule is about: what is sent, or who sends it and how often. Only the former is a matter of exclusions by content. */
export type ManagedRuleKind = 'content' | 'ip' | 'bot' | 'rate' | 'account';

/** When a rule matches, where AWS says it in numbers or words that leave nothing open. */
export type DocumentedCriterion =
  | { readonly kind: 'longer-than'; readonly bytes: number }
  | { readonly kind: 'missing' }
  | { readonly kind: 'equals'; readonly value: string };

/** What is published of a rule of a managed group. */
export interface ManagedRule {
  readonly name: string;
  /** In full, as requests carry it. It does not follow from the name. */
  readonly label: string;
  /** Other labels that it sets, or may set. */
  readonly otherLabels: readonly string[];
  readonly action: 'block' | 'count' | 'captcha' | 'challenge';
  readonly inspects: InspectedPart;
  readonly kind: ManagedRuleKind;
  readonly criterion?: DocumentedCriterion;
  /** `older`: only versions before the default have it, which may be pinned. `expired`: no version that can be used has it. */
  readonly age?: 'older' | 'expired';
}

/** What is published of a group that AWS keeps. */
export interface ManagedRuleGroup {
  readonly vendor: 'AWS';
  readonly name: string;
  /** Such as `awswaf:managed:aws:core-rule-set:`. */
  readonly labelNamespace: string;
  /** In capacity units. */
  readonly capacity: number;
  /** Whether there are versions that can be pinned. */
  readonly isVersioned: boolean;
  /** Whether it sets no labels but those that are listed. */
  readonly hasOnlyListedLabels: boolean;
  readonly rules: readonly ManagedRule[];
}
