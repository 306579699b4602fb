import type { ExclusionScope } from '../../../model/exclusion.js';
import type { AclStatement } from '../acl/statement.js';
import { outside } from './scope-statement.js';

/**
 * Conditions that hold outside of all of the scopes, each scope once: one NOT for each and no OR, since that would be a level
 * more. In a fixed order, so that the same exclusions are always written alike.
 */
export function outsideAll(exclusions: readonly { readonly scope: ExclusionScope }[]): readonly AclStatement[] {
  const scopes = new Map(exclusions.map(({ scope }) => [JSON.stringify([scope.path, scope.method]), scope]));
  return [...scopes].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, scope]) => outside(scope) ?? []);
}
