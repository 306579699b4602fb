import { exclusionIds } from '../../../model/draft.js';
import type { ExclusionScope } from '../../../model/exclusion.js';
import { groupBy } from '../../../util/group-by.js';
import type { AclStatement } from '../acl/statement.js';
import type { Narrowed, ScopeCondition } from './acl-change.js';
import { allOf, outside } from './scope-statement.js';

/**
 * Conditions that hold outside of all of the scopes, each scope once: one NOT for each and no OR, since that would be a level
 * more. In a fixed order, so that the same exclusions are always written alike.
 */
export function outsideAll(
  exclusions: readonly { readonly id: string; readonly scope: ExclusionScope }[],
): readonly ScopeCondition[] {
  const scopes = groupBy(exclusions, ({ scope }) => JSON.stringify([scope.path, scope.method]));
  return [...scopes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, group]) => {
      const statement = group[0] && outside(group[0].scope);
      return statement === undefined ? [] : { statement, exclusions: exclusionIds(group) };
    });
}

/** All of it as one statement. */
export function statementOf({ always, conditions }: Narrowed): AclStatement {
  return allOf([...always, ...conditions.map(({ statement }) => statement)]);
}
