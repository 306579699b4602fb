/** A group of rules, as a log names it. */
export interface GroupName {
  /** `AWS#AWSManagedRulesCommonRuleSet`, or the name of a group of one's own. */
  readonly name: string;
  /** AWS or a seller on its marketplace keeps it. */
  readonly isManaged: boolean;
}

/** How the web ACL's own decision is called where no rule decides. */
export const defaultAction = 'Default_Action';

const ownGroup = /^arn:[^/]{0,200}\/rulegroup\/([^/]{1,256})/;
/** Some writers of logs put a dash in the place of `#`. */
const dashed = /^AWS[-_](?=AWSManagedRules)/;

/** Reads `ruleGroupId` of a log: an ARN, `AWS#Group`, or `AWS#Group#Version_1.4`. */
export function groupName(id: string): GroupName {
  const own = ownGroup.exec(id)?.[1];
  if (own !== undefined) return { name: own, isManaged: false };
  const spelled = id.replace(dashed, 'AWS#').replace(/^(?=AWSManagedRules)/, 'AWS#');
  const [vendor = '', group] = spelled.split('#', 2);
  return group === undefined ? { name: vendor, isManaged: false } : { name: `${vendor}#${group}`, isManaged: true };
}

/** `AWS#Group#Rule`, or `Group#Rule` */
export function ruleInGroup({ name }: GroupName, rule: string): string {
  return `${name}#${rule}`;
}

/** Whether the name of a rule in a web ACL is the one that the console gives to the reference to a group. */
export function isGroupReference(rule: string): boolean {
  return dashed.test(rule);
}
