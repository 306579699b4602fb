/** What was seen of the rules of a managed group for one request, in logs or samples. */
export interface ObservedGroup {
  /** Rules that matched, whatever was done then. */
  readonly matched: readonly string[];
  /** No other rule of the group matched. Not so where the group ended at one of them, or where only some of it was seen. */
  readonly isComplete: boolean;
}

/** What was seen of a request when AWS evaluated it. What is absent is not known. */
export interface ObservedFacts {
  /** By vendor and group: `AWS#AWSManagedRulesSQLiRuleSet`. */
  readonly groups?: ReadonlyMap<string, ObservedGroup>;
  /** Whether rules of one's own matched, by their name: `rule` or `group#rule`. */
  readonly rules?: ReadonlyMap<string, boolean>;
  /** Labels that the request got. */
  readonly labels?: readonly string[];
}
