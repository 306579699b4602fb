import type { AclStatement } from '../acl/statement.js';

/** How many logical statements stand in one another, at most. */
export function nesting(statement: AclStatement): number {
  switch (statement.kind) {
    case 'and':
    case 'or':
      return 1 + Math.max(0, ...statement.statements.map(nesting));
    case 'not':
      return 1 + nesting(statement.statement);
    default:
      return 0;
  }
}

/** The first reason why a statement cannot be written again: something in it is not known. */
export function unknownIn(statement: AclStatement): string | undefined {
  switch (statement.kind) {
    case 'and':
    case 'or':
      return statement.statements.map(unknownIn).find((why) => why !== undefined);
    case 'not':
      return unknownIn(statement.statement);
    case 'unknown':
      return statement.why;
    case 'managed-group':
    case 'rate':
      return statement.scopeDown && unknownIn(statement.scopeDown);
    default:
      return 'inspect' in statement && statement.inspect.field.kind === 'unknown'
        ? statement.inspect.field.why
        : undefined;
  }
}
