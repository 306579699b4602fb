import type { WebAcl } from '../acl/web-acl.js';

/** `Name` of a rule, WAFv2 API: up to 128 letters, digits, `_` and `-`. */
const longest = 128;

/** The name of the rule that blocks again what a rule of a group only counts: `wafproof-crs-GenericLFI_BODY`. */
export function reblockName(group: string, groupRule: string, { rules }: WebAcl): string {
  const name = `wafproof-${group}-${groupRule}`.replace(/[^\w-]+/g, '-').slice(0, longest - 4);
  const taken = new Set(rules.map((rule) => rule.name));
  for (let n = 2; ; n += 1) {
    const one = n === 2 ? name : `${name}-${n - 1}`;
    if (!taken.has(one)) return one;
  }
}
