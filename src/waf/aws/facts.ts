import type { Fact, WafInfo } from '../../model/report.js';

/** The web ACL, as its logs name it. */
export function awsFacts({ ruleset }: WafInfo): readonly Fact[] {
  return ruleset === undefined ? [] : [{ label: 'Web ACL', value: ruleset }];
}
