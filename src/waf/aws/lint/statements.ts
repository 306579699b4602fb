import type { AclStatement } from '../acl/statement.js';

/** A statement and all that are in it. */
export function withInner(statement: AclStatement): readonly AclStatement[] {
  return [statement, ...innerOf(statement).flatMap(withInner)];
}

/** The statements that stand directly in another. */
function innerOf(statement: AclStatement): readonly AclStatement[] {
  switch (statement.kind) {
    case 'and':
    case 'or':
      return statement.statements;
    case 'not':
      return [statement.statement];
    case 'rate':
    case 'managed-group':
      return statement.scopeDown === undefined ? [] : [statement.scopeDown];
    default:
      return [];
  }
}
