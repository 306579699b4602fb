/** `Name` of a rule, WAFv2 API: up to 128 letters, digits, `_` and `-`. */
const longest = 128;

/**
 * The name of the rule that blocks again what a rule of a group only counts: `wafproof-crs-GenericLFI_BODY`.
 * @param taken names that other rules have
 */
export function reblockName(group: string, groupRule: string, taken: ReadonlySet<string>): string {
  const name = `wafproof-${group}-${groupRule}`.replace(/[^\w-]+/g, '-').slice(0, longest - 4);
  for (let n = 2; ; n += 1) {
    const one = n === 2 ? name : `${name}-${n - 1}`;
    if (!taken.has(one)) return one;
  }
}
