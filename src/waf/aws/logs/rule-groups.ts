import { at, list, text } from '../../../util/json-tree.js';
import { type GroupName, groupName, ruleInGroup } from '../rule-names.js';

/** A rule that matched and ended nothing, or ended its group. */
export interface SeenRule {
  readonly ruleId: string;
  /** What was done, as the record spells it: `BLOCK`, `COUNT`, … */
  readonly action: string;
  /** What the rule does by itself, where the web ACL has it do something else. */
  readonly overridden: string;
  readonly details: unknown;
}

/** What a record says of one group of rules. */
export interface SeenGroup extends GroupName {
  /** The rule that ended the group; the group's own end need not be that of the request. */
  readonly terminating: SeenRule | undefined;
  /** Matched, and only counted. */
  readonly counted: readonly SeenRule[];
}

/** More groups and rules than a web ACL can have. */
const mostGroups = 200;
const mostRules = 500;

/** `ruleGroupList`, in the order in which groups were evaluated. */
export function seenGroups(record: unknown): readonly SeenGroup[] {
  return list(at(record, 'ruleGroupList'))
    .slice(0, mostGroups)
    .flatMap((group) => {
      const id = text(at(group, 'ruleGroupId'));
      return id === '' ? [] : [seenGroup(groupName(id.slice(0, 500)), group)];
    });
}

function seenGroup(name: GroupName, group: unknown): SeenGroup {
  const nameOf = (rule: string) => ruleInGroup(name, rule);
  const [terminating] = seenRules([at(group, 'terminatingRule')], nameOf, '');
  return {
    ...name,
    terminating,
    counted: [
      ...seenRules(list(at(group, 'nonTerminatingMatchingRules')), nameOf),
      ...seenRules(list(at(group, 'excludedRules')), nameOf),
    ],
  };
}

/** Rules in a list of a record. The old list of exceptions tells no action, since what is in it counts. */
export function seenRules(
  rules: readonly unknown[],
  nameOf: (rule: string) => string,
  usual = 'COUNT',
): readonly SeenRule[] {
  return rules.slice(0, mostRules).flatMap((rule) => {
    const name = text(at(rule, 'ruleId')).slice(0, 500);
    if (name === '') return [];
    return [
      {
        ruleId: nameOf(name),
        action: (text(at(rule, 'action')) || usual).toUpperCase(),
        overridden: text(at(rule, 'overriddenAction')).toUpperCase(),
        details: at(rule, 'ruleMatchDetails'),
      },
    ];
  });
}
