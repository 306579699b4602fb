import type { AclStatement } from '../acl/statement.js';
import type { AclRule, AclSource } from '../acl/web-acl.js';
import { quoted } from '../source/parts.js';
import type { LintFinding } from './finding.js';
import { labelSetters } from './label-setters.js';

/**
 * Rules that block again what a group only counts, behind a rule that allows: what that one allows never comes to them,
 * and the group has let it pass.
 */
export function findReblocksAfterAllow(source: AclSource): readonly LintFinding[] {
  const { rules } = source.acl;
  const setters = labelSetters(source);
  return rules.flatMap((rule, index) => {
    const key = rule.action?.kind === 'block' ? requiredLabel(rule.statement) : undefined;
    const setter =
      key === undefined ? -1 : setters.findIndex(({ labels, group }) => group !== undefined && labels.includes(key));
    if (setter === -1 || setter > index) return [];
    return rules
      .slice(setter + 1, index)
      .filter(({ action }) => action?.kind === 'allow')
      .map((allow) => afterAllow(rule, allow));
  });
}

/** The label without which a statement cannot match. */
function requiredLabel(statement: AclStatement): string | undefined {
  if (statement.kind === 'label') return statement.key;
  return statement.kind === 'and'
    ? statement.statements.map(requiredLabel).find((key) => key !== undefined)
    : undefined;
}

function afterAllow(rule: AclRule, allow: AclRule): LintFinding {
  return {
    id: 'reblock-after-allow',
    severity: 'warning',
    place: rule.place,
    rule: rule.name,
    what: `The rule blocks by a label that a group sets, and ${quoted(allow.name)} stands between the two and allows.`,
    consequence: 'What that rule allows passes, although the group found something in it.',
    cure: `Give the rule a priority below ${allow.priority}, and above the one of the group.`,
  };
}
