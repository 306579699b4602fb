import type { ExclusionScope } from '../../../model/exclusion.js';
import { isTemplate, templatePattern } from '../../../model/path-template.js';
import type { FieldToMatch, Inspection } from '../acl/field-to-match.js';
import type { AclStatement } from '../acl/statement.js';

/**
 * What matches the requests of a scope and no others: method and path letter by letter, as they come. Other spellings of the
 * path do not match, so that what is excluded cannot be had through them.
 * @returns nothing where every request is meant
 */
export function scopeStatement({ method, path }: ExclusionScope): AclStatement | undefined {
  const parts = [
    ...(method === undefined ? [] : [exactly({ kind: 'method' }, method)]),
    ...(path === undefined ? [] : [pathStatement(path)]),
  ];
  const [only, ...more] = parts;
  return more.length > 0 ? { kind: 'and', statements: parts } : only;
}

/** What matches all requests but those of a scope. */
export function outside(scope: ExclusionScope): AclStatement | undefined {
  const statement = scopeStatement(scope);
  return statement && { kind: 'not', statement };
}

/** All of them, in as few levels as it takes: Terraform's blocks know three (`aws_wafv2_web_acl`, nesting of statements). */
export function allOf(statements: readonly AclStatement[]): AclStatement {
  const flat = statements.flatMap((one) => (one.kind === 'and' ? one.statements : [one]));
  const [only, ...more] = flat;
  return only !== undefined && more.length === 0 ? only : { kind: 'and', statements: flat };
}

function pathStatement(path: string): AclStatement {
  if (!isTemplate(path)) return exactly({ kind: 'uri-path' }, path);
  const pattern = `^${templatePattern(path, literalPattern)}$`;
  return { kind: 'regex-match', pattern, inspect: asIs({ kind: 'uri-path' }) };
}

function exactly(field: FieldToMatch, text: string): AclStatement {
  return { kind: 'byte-match', search: Buffer.from(text), position: 'EXACTLY', inspect: asIs(field) };
}

function asIs(field: FieldToMatch): Inspection {
  return { field, preParse: [], transformations: ['NONE'] };
}

/** Paths are sent as visible ASCII; what is no letter and no digit stands in brackets or escaped, as every engine reads it. */
function literalPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
