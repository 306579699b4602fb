import type { LintFinding } from './finding.js';

/** Where it is, what is wrong, and what comes of it, in a line: `rule crs (/Rules/1): …`. */
export function findingText({ rule, place, what, consequence }: LintFinding): string {
  const whose = rule === undefined ? 'web ACL' : `rule ${rule}`;
  return `${whose}${place === '' ? '' : ` (${place})`}: ${what} ${consequence}`;
}
