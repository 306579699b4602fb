import type { AclSource } from '../acl/web-acl.js';
import {
  findCountingGroups,
  findDuplicatePriorities,
  findExpiring,
  findHidden,
  findOverCapacity,
} from './circumstances.js';
import type { LintCheck, LintFacts, LintFinding, LintSeverity } from './finding.js';
import { findForgeable } from './forgeable.js';
import { findDeadLabels } from './labels.js';
import { findDeadOverrides, findExcludedRules } from './overrides.js';
import { findReblocksAfterAllow } from './reblock.js';
import { findUnsupportedRegex } from './regex.js';
import { findShadowed } from './shadowed.js';
import { findDeadSizes } from './sizes.js';

const checks: readonly LintCheck[] = [
  findDeadOverrides,
  findDeadLabels,
  findReblocksAfterAllow,
  findDeadSizes,
  findShadowed,
  findForgeable,
  findCountingGroups,
  findExcludedRules,
  findUnsupportedRegex,
  findDuplicatePriorities,
  findExpiring,
  findOverCapacity,
  findHidden,
];

const bySeverity: readonly LintSeverity[] = ['error', 'warning', 'note'];

/**
 * What is wrong with a web ACL without anything saying so: exclusions that do nothing, rules that never match, exemptions
 * that anyone can use. The worst first, and within that in the order of the rules. What is not known raises no alarm.
 */
export function lintAcl(source: AclSource, facts: LintFacts = {}): readonly LintFinding[] {
  const order = new Map(source.acl.rules.map(({ place }, index) => [place, index]));
  return checks
    .flatMap((check) => check(source, facts))
    .toSorted(
      (a, b) =>
        bySeverity.indexOf(a.severity) - bySeverity.indexOf(b.severity) ||
        (order.get(a.place) ?? -1) - (order.get(b.place) ?? -1),
    );
}
