import type { AclStatement } from '../acl/statement.js';
import type { AclRule, AclSource } from '../acl/web-acl.js';
import { quoted } from '../source/parts.js';
import type { LintFinding } from './finding.js';
import { implies, isConstant } from './implies.js';

/** Rules that no request comes to: an earlier one ends the evaluation of all that they could match. */
export function findShadowed({ acl }: AclSource): readonly LintFinding[] {
  const ending = acl.rules.filter(isEnding);
  return acl.rules.flatMap((rule, index) => {
    const narrow = rule.priority === -1 ? undefined : whatItNeeds(rule.statement);
    if (narrow === undefined) return [];
    const earlier = ending.find((it) => acl.rules.indexOf(it) < index && implies(narrow, it.statement));
    return earlier === undefined ? [] : [shadowed(rule, earlier)];
  });
}

function isEnding({ priority, action, statement }: AclRule): boolean {
  return priority !== -1 && (action?.kind === 'block' || action?.kind === 'allow') && isConstant(statement);
}

/** What a request must be for the rule to do anything: of rates and groups, what they are limited to. */
function whatItNeeds(statement: AclStatement): AclStatement | undefined {
  return statement.kind === 'rate' || statement.kind === 'managed-group' ? statement.scopeDown : statement;
}

function shadowed(rule: AclRule, earlier: AclRule): LintFinding {
  return {
    id: 'rule-shadowed',
    severity: 'warning',
    place: rule.place,
    rule: rule.name,
    what: `All that the rule could match, ${quoted(earlier.name)} matches before it, and ${earlier.action?.kind === 'allow' ? 'allows' : 'blocks'}.`,
    consequence: 'The rule never does anything.',
    cure: `Remove it, or give it a priority below ${earlier.priority}.`,
  };
}
