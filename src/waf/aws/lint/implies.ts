import type { AclStatement } from '../acl/statement.js';
import { withInner } from './statements.js';

/**
 * Whether every request that the first statement matches is matched by the second, as far as their form shows it. Never
 * where that is not certain.
 */
export function implies(narrow: AclStatement, wide: AclStatement): boolean {
  if (isSame(narrow, wide)) return true;
  if (wide.kind === 'or') return wide.statements.some((part) => implies(narrow, part));
  if (narrow.kind === 'or') return narrow.statements.every((part) => implies(part, wide));
  if (wide.kind === 'and') return wide.statements.every((part) => implies(narrow, part));
  if (narrow.kind === 'and') return narrow.statements.some((part) => implies(part, wide));
  return isLongerText(narrow, wide);
}

/** Whether what it says of a request is the same at any place in the web ACL, and known. */
export function isConstant(statement: AclStatement): boolean {
  return withInner(statement).every(
    (it) => !changing.includes(it.kind) && !('inspect' in it && it.inspect.field.kind === 'unknown'),
  );
}

const changing: readonly AclStatement['kind'][] = ['label', 'rate', 'managed-group', 'rule-group', 'unknown'];

function isSame(a: AclStatement, b: AclStatement): boolean {
  return a.kind !== 'unknown' && a.kind === b.kind && asText(a) === asText(b);
}

function asText(statement: AclStatement): string {
  return JSON.stringify(statement, (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
  );
}

/** `/api/users` exactly is one of all that begin with `/api`. */
function isLongerText(narrow: AclStatement, wide: AclStatement): boolean {
  if (narrow.kind !== 'byte-match' || wide.kind !== 'byte-match') return false;
  if (JSON.stringify(narrow.inspect) !== JSON.stringify(wide.inspect) || narrow.inspect.field.kind === 'unknown')
    return false;
  const [text, part] = [Buffer.from(narrow.search), Buffer.from(wide.search)];
  if (part.length === 0) return false;
  switch (wide.position) {
    case 'CONTAINS':
      return text.includes(part);
    case 'STARTS_WITH':
      return (
        (narrow.position === 'EXACTLY' || narrow.position === 'STARTS_WITH') &&
        text.subarray(0, part.length).equals(part)
      );
    case 'ENDS_WITH':
      return (
        (narrow.position === 'EXACTLY' || narrow.position === 'ENDS_WITH') && text.subarray(-part.length).equals(part)
      );
    default:
      return false;
  }
}
