import type { AclStatement } from '../acl/statement.js';
import { complete, each, listIn, onlyKeyOf, quoted, strangerIn } from './parts.js';
import { readManagedGroup, readRate, readRuleGroup } from './read-group-statement.js';
import { matchReaders } from './read-match-statement.js';
import type { SearchEncoding } from './search-string.js';
import { isSourceObject, memberOf, type SourceObject, type SourceValue, Unresolved } from './source-value.js';

/** Statements inside statements. AWS names no limit; a real one has a handful. */
const deepest = 100;

/** What reading a statement needs to know of where it stands. */
export interface StatementContext {
  readonly encoding: SearchEncoding;
  /** How many statements it is in. */
  readonly depth: number;
}

/**
 * Reads a `Statement` of the API, whatever is in it: what is not understood is a statement of its own kind, `unknown`,
 * at the smallest place, so that the rest of the tree can still decide.
 */
export function readStatement(value: SourceValue | undefined, context: StatementContext): AclStatement {
  const statement = understand(value, context);
  return statement instanceof Unresolved ? { kind: 'unknown', why: statement.why } : statement;
}

function understand(value: SourceValue | undefined, context: StatementContext): AclStatement | Unresolved {
  if (value instanceof Unresolved) return value;
  if (!isSourceObject(value)) return new Unresolved('the statement is missing');
  if (context.depth > deepest) return new Unresolved(`statements are nested more than ${deepest} deep`);
  const key = onlyKeyOf(value, 'the statement');
  if (key instanceof Unresolved) return key;
  const body = memberOf(value, key);
  if (body instanceof Unresolved) return body;
  if (!isSourceObject(body)) return new Unresolved(`${quoted(key)} is no mapping`);
  return readBody(key, body, { ...context, depth: context.depth + 1 });
}

function readBody(key: string, body: SourceObject, context: StatementContext): AclStatement | Unresolved {
  const inner = (value: SourceValue | undefined) => readStatement(value, context);
  switch (key) {
    case 'AndStatement':
      return readLogic('and', key, body, inner);
    case 'OrStatement':
      return readLogic('or', key, body, inner);
    case 'NotStatement':
      return strangerIn(body, ['Statement'], key) ?? { kind: 'not', statement: inner(memberOf(body, 'Statement')) };
    case 'RateBasedStatement':
      return readRate(body, inner);
    case 'ManagedRuleGroupStatement':
      return readManagedGroup(body, inner);
    case 'RuleGroupReferenceStatement':
      return readRuleGroup(body);
    default:
      return readMatch(key, body, context.encoding);
  }
}

function readLogic(
  kind: 'and' | 'or',
  key: string,
  body: SourceObject,
  inner: (value: SourceValue) => AclStatement,
): AclStatement | Unresolved {
  const list = listIn(body, 'Statements');
  if (list instanceof Unresolved) return list;
  if (list.length === 0) return new Unresolved(`${key} holds no statements`);
  return strangerIn(body, ['Statements'], key) ?? complete({ kind, statements: each(list, inner) });
}

function readMatch(key: string, body: SourceObject, encoding: SearchEncoding): AclStatement | Unresolved {
  const reader = Object.hasOwn(matchReaders, key) ? matchReaders[key] : undefined;
  if (reader === undefined) return new Unresolved(`the statement ${quoted(key)} is not known here`);
  return strangerIn(body, reader.keys, key) ?? reader.read(body, encoding);
}
