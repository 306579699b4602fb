import type { Fact, WafInfo } from '../../model/report.js';

/** The web ACL is its own rule set; what it stands on and what is not evaluated follows. */
export function awsFacts({ ruleset, facts = [] }: WafInfo): readonly Fact[] {
  const acl = ruleset === undefined || facts.length > 0 ? [] : [{ label: 'Web ACL', value: ruleset }];
  return [...acl, ...facts];
}
