import type { Silence } from '../../../contract/waf.js';

/** AWS WAF logs a web ACL without rules as one with rules that do not match: a record never tells. */
export function awsWhySilent(): Silence | undefined {
  return undefined;
}
