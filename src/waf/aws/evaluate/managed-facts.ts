/** What is published of a rule of a managed group. */
export interface ManagedRuleFacts {
  readonly name: string;
  /** In full; absent where it is not known. */
  readonly label?: string;
  /** Others that it gives, or may give. */
  readonly otherLabels?: readonly string[];
  readonly action: 'block' | 'count' | 'captcha' | 'challenge' | 'allow';
}

/** What is published of a managed group. */
export interface ManagedGroupFacts {
  /** Such as `awswaf:managed:aws:core-rule-set:`. */
  readonly labelNamespace: string;
  readonly rules: readonly ManagedRuleFacts[];
}

/** Finds what is published of a group; nothing where that is not known here. */
export type FindManagedGroup = (vendor: string, name: string) => ManagedGroupFacts | undefined;
