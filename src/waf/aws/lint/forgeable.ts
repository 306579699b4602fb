import type { FieldToMatch } from '../acl/field-to-match.js';
import type { AclStatement } from '../acl/statement.js';
import type { AclRule, AclSource } from '../acl/web-acl.js';
import type { LintFinding } from './finding.js';

/** Exemptions that hold for whoever sends the right header, cookie, argument or body. */
export function findForgeable({ acl }: AclSource): readonly LintFinding[] {
  return acl.rules.flatMap((rule) => {
    const exempts = exemptionIn(rule);
    return exempts === undefined ? [] : [forgeable(rule, exempts)];
  });
}

/** What a sender reaches by sending the right thing. */
function exemptionIn({ action, statement }: AclRule): string | undefined {
  if (action?.kind === 'allow' && canMakeTrue(statement)) return 'every rule behind this one';
  if (statement.kind === 'managed-group' && statement.scopeDown !== undefined && isLeftBy(statement.scopeDown)) {
    return 'the whole group';
  }
  if (action?.kind !== 'block' || statement.kind !== 'and') return undefined;
  const waits = statement.statements.some(({ kind }) => kind === 'label');
  const exempts = statement.statements.some((it) => it.kind === 'not' && canMakeTrue(it.statement));
  return waits && exempts ? 'this rule, which blocks again what a group only counts' : undefined;
}

/** Whether what is exempt from a scope-down is so by something that can be sent. */
function isLeftBy(scopeDown: AclStatement): boolean {
  if (scopeDown.kind === 'not') return canMakeTrue(scopeDown.statement);
  return scopeDown.kind === 'and' && scopeDown.statements.some(isLeftBy);
}

/** Whether anyone can make it match, at any path and from anywhere. */
function canMakeTrue(statement: AclStatement): boolean {
  switch (statement.kind) {
    case 'byte-match':
    case 'regex-match':
    case 'regex-set':
    case 'size':
      return isOfSender(statement.inspect.field);
    case 'and':
      return statement.statements.every(canMakeTrue);
    case 'or':
      return statement.statements.some(canMakeTrue);
    case 'not':
      return canMakeFalse(statement.statement);
    default:
      return false;
  }
}

function canMakeFalse(statement: AclStatement): boolean {
  if (statement.kind === 'and') return statement.statements.some(canMakeFalse);
  if (statement.kind === 'or') return statement.statements.every(canMakeFalse);
  return statement.kind === 'not' ? canMakeTrue(statement.statement) : canMakeTrue(statement);
}

/** The host decides where a request goes: another one may not come to the application at all. */
function isOfSender(field: FieldToMatch): boolean {
  if (field.kind === 'single-header') return field.name.toLowerCase() !== 'host';
  return ofSender.includes(field.kind);
}

const ofSender: readonly FieldToMatch['kind'][] = [
  'headers',
  'cookies',
  'header-order',
  'single-query-argument',
  'all-query-arguments',
  'query-string',
  'body',
  'json-body',
];

function forgeable(rule: AclRule, reached: string): LintFinding {
  return {
    id: 'forgeable-exemption',
    severity: 'warning',
    place: rule.place,
    rule: rule.name,
    what: 'The exemption asks only for things that whoever sends a request chooses: a header, a cookie, an argument or the body.',
    consequence: `Whoever knows or guesses it passes ${reached} with any attack, at any path.`,
    cure: 'Ask for the exact method and path as well, or for an address, a token or a label.',
  };
}
