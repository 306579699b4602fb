import type { WebAcl } from '../acl/web-acl.js';
import { managedGroups } from '../managed/managed-groups.js';
import type { ManagedRuleGroup } from '../managed/managed-rule.js';
import type { ManagedGroupVersion } from './operations.js';

/** The name of the version of a group that is not pinned: AWS does not tell offline which it is. */
const unpinned = 'Version_1.0';

/** The managed groups of the table, in the version that the web ACL has pinned. */
export function managedGroupVersions({ rules }: Pick<WebAcl, 'rules'>): readonly ManagedGroupVersion[] {
  const pinned = new Map(
    rules.flatMap(({ statement }) =>
      statement.kind === 'managed-group' && statement.version !== undefined
        ? [[statement.name, statement.version]]
        : [],
    ),
  );
  return managedGroups.map((group) => ({
    vendor: group.vendor,
    name: group.name,
    ...(group.isVersioned && { version: pinned.get(group.name) ?? unpinned }),
    isDefault: true,
    description: describe(group),
  }));
}

function describe({ capacity, labelNamespace, rules }: ManagedRuleGroup) {
  const current = rules.filter(({ age }) => age === undefined);
  return {
    Capacity: capacity,
    LabelNamespace: labelNamespace,
    Rules: current.map(({ name, action }) => ({ Name: name, Action: { [actions[action]]: {} } })),
    AvailableLabels: current.map(({ label }) => ({ Name: label })),
  };
}

const actions = { block: 'Block', count: 'Count', captcha: 'Captcha', challenge: 'Challenge' } as const;
