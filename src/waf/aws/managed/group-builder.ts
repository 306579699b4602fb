import type { InspectedPart, ManagedRule, ManagedRuleGroup, ManagedRuleKind } from './managed-rule.js';

/** A rule as the tables write it: its name, its label without the namespace, what it looks at, and what is unusual. */
export type RuleRow = readonly [
  name: string,
  label: string,
  inspects: InspectedPart,
  unusual?: Partial<Omit<ManagedRule, 'name' | 'label' | 'inspects'>>,
];

interface GroupRow
  extends Omit<ManagedRuleGroup, 'vendor' | 'labelNamespace' | 'isVersioned' | 'hasOnlyListedLabels' | 'rules'> {
  /** The last part of the namespace of its labels. */
  readonly labels: string;
  readonly kind?: ManagedRuleKind;
  readonly isVersioned?: boolean;
  readonly hasOnlyListedLabels?: boolean;
  readonly rules: readonly RuleRow[];
}

/** The group that a row of the tables describes. */
export function managedGroup({ labels, kind = 'content', rules, ...row }: GroupRow): ManagedRuleGroup {
  const labelNamespace = `awswaf:managed:aws:${labels}:`;
  return {
    vendor: 'AWS',
    isVersioned: true,
    hasOnlyListedLabels: true,
    ...row,
    labelNamespace,
    rules: rules.map((rule) => managedRule(labelNamespace, kind, rule)),
  };
}

function managedRule(namespace: string, kind: ManagedRuleKind, [name, label, inspects, unusual]: RuleRow): ManagedRule {
  const { otherLabels = [], ...rest } = unusual ?? {};
  return {
    name,
    label: `${namespace}${label}`,
    inspects,
    kind,
    action: 'block',
    ...rest,
    otherLabels: otherLabels.map((it) => (it.startsWith('awswaf:') ? it : `${namespace}${it}`)),
  };
}
