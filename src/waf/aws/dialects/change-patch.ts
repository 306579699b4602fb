import { ruleToApi, statementToApi } from '../acl/write-api.js';
import type { AclChange } from '../changes/acl-change.js';
import { countOverride, groupKey } from './change-api.js';
import type { PatchOperation } from './json-patch.js';

/** A rule of the document that is patched. */
export interface PatchedRule {
  readonly name: string;
  /** Names of the overrides that it has; absent where it has no list of them. */
  readonly overrides?: readonly string[];
}

/**
 * Changes as operations on the `WebACL` that `get-web-acl` answers with, to be done in this order. Each says first which rule it
 * expects, so that a document with other rules is not changed in the wrong place.
 */
export function patchesOf(
  changes: readonly AclChange[],
  rules: readonly PatchedRule[],
  commentOf: (change: AclChange) => string,
): readonly (readonly PatchOperation[])[] {
  let now = rules;
  return changes.map((change) => {
    const operations = patchOf(change, now, commentOf(change));
    now = now.map((rule) =>
      change.kind === 'count' && rule.name === change.rule.name ? counting(rule, change) : rule,
    );
    return operations;
  });
}

function counting({ name, overrides = [] }: PatchedRule, { groupRule }: { readonly groupRule: string }): PatchedRule {
  return { name, overrides: overrides.includes(groupRule) ? overrides : [...overrides, groupRule] };
}

function patchOf(change: AclChange, rules: readonly PatchedRule[], comment: string): readonly PatchOperation[] {
  if (change.kind === 'add') return [{ op: 'add', path: '/Rules/-', value: ruleToApi(change.rule), comment }];
  const index = rules.findIndex(({ name }) => name === change.rule.name);
  const rule = `/Rules/${index}`;
  const test: PatchOperation = { op: 'test', path: `${rule}/Name`, value: change.rule.name, comment };
  const group = `${rule}/Statement/${groupKey(change)}`;
  switch (change.kind) {
    case 'move':
      return [test, { op: 'replace', path: `${rule}/Priority`, value: change.priority }];
    case 'count-rule':
      return [test, { op: 'replace', path: `${rule}/Action`, value: { Count: {} } }];
    case 'scope-down':
      return [test, { op: 'add', path: `${group}/ScopeDownStatement`, value: statementToApi(change.statement) }];
    case 'statement':
      return [test, { op: 'replace', path: `${rule}/Statement`, value: statementToApi(change.statement) }];
    case 'count':
      return [test, override(`${group}/RuleActionOverrides`, change.groupRule, rules[index]?.overrides)];
  }
}

function override(list: string, groupRule: string, known: readonly string[] | undefined): PatchOperation {
  const value = countOverride(groupRule);
  if (known === undefined) return { op: 'add', path: list, value: [value] };
  const at = known.indexOf(groupRule);
  return at < 0 ? { op: 'add', path: `${list}/-`, value } : { op: 'replace', path: `${list}/${at}`, value };
}
