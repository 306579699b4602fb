import { groupBy } from '../../../util/group-by.js';
import type { AclChange } from '../changes/acl-change.js';
import { whereAny } from './api-draft.js';
import { addedRule, countOverride, groupKey, narrowedToApi } from './change-api.js';
import type { PatchOperation } from './json-patch.js';

/** A rule of the document that is patched. */
export interface PatchedRule {
  readonly name: string;
  /** Names of the overrides that it has; absent where it has no list of them. */
  readonly overrides?: readonly string[];
}

/** Changes that are made by operations that belong together. */
export interface Patch {
  readonly changes: readonly [AclChange, ...AclChange[]];
  readonly operations: readonly PatchOperation[];
}

/**
 * Changes as operations on the `WebACL` that `get-web-acl` answers with, to be done in this order; any may be left out. Each says
 * first which rule it expects, so that a document with other rules is not changed in the wrong place.
 */
export function patchesOf(changes: readonly AclChange[], rules: readonly PatchedRule[]): readonly Patch[] {
  const groups = groupBy(changes, (change) => listMade(change, rules) ?? change);
  return [...groups.values()].flatMap(([first, ...more]) => {
    if (first === undefined) return [];
    const all = [first, ...more] as const;
    return { changes: all, operations: operationsOf(all, rules) };
  });
}

/** Changes that make the same list have one operation: whichever of them is left out, the list is made once. */
function listMade(change: AclChange, rules: readonly PatchedRule[]): string | undefined {
  const isNew = rules.find(({ name }) => name === change.rule.name)?.overrides === undefined;
  return change.kind === 'count' && isNew ? change.rule.name : undefined;
}

function operationsOf(changes: Patch['changes'], rules: readonly PatchedRule[]): readonly PatchOperation[] {
  const [change] = changes;
  const exclusions = changes.flatMap((one) => one.exclusions);
  if (change.kind === 'add') return [{ op: 'add', path: '/Rules/-', value: addedRule(change), exclusions }];
  const index = rules.findIndex(({ name }) => name === change.rule.name);
  const rule = `/Rules/${index}`;
  const test: PatchOperation = { op: 'test', path: `${rule}/Name`, value: change.rule.name, exclusions };
  const group = `${rule}/Statement/${groupKey(change)}`;
  switch (change.kind) {
    case 'move':
      return [test, { op: 'replace', path: `${rule}/Priority`, value: change.priority, exclusions }];
    case 'count-rule':
      return [test, { op: 'replace', path: `${rule}/Action`, value: { Count: {} }, exclusions }];
    case 'scope-down':
      return [
        test,
        { op: 'add', path: `${group}/ScopeDownStatement`, value: narrowedToApi(change.matching), exclusions },
      ];
    case 'statement':
      return [test, { op: 'replace', path: `${rule}/Statement`, value: narrowedToApi(change.matching), exclusions }];
    case 'count':
      return [test, { ...override(changes, `${group}/RuleActionOverrides`, rules[index]?.overrides), exclusions }];
  }
}

function override(changes: Patch['changes'], list: string, known: readonly string[] | undefined): PatchOperation {
  const counts = changes.flatMap((change) => (change.kind === 'count' ? change : []));
  if (known === undefined) {
    const value = counts.map(({ groupRule, exclusions }) => whereAny(exclusions, countOverride(groupRule)));
    return { op: 'add', path: list, value };
  }
  const groupRule = counts[0]?.groupRule ?? '';
  const at = known.indexOf(groupRule);
  const value = countOverride(groupRule);
  return at < 0 ? { op: 'add', path: `${list}/-`, value } : { op: 'replace', path: `${list}/${at}`, value };
}
