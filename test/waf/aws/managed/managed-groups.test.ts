import { expect, test } from 'vitest';
import {
  closestLabel,
  closestRule,
  findManagedGroup,
  findManagedRule,
  groupByLabel,
  managedGroups,
  ruleByLabel,
} from '../../../../src/waf/aws/managed/managed-groups.js';

const common = groupOf('AWSManagedRulesCommonRuleSet');

test('labels are told as AWS sets them, which no rule makes of names', () => {
  const labels = [
    ['UserAgent_BadBots_HEADER', 'core-rule-set:BadBots_Header'],
    ['Host_localhost_HEADER', 'known-bad-inputs:Host_Localhost_Header'],
    ['SQLi_URIPATH', 'sql-database:SQLi_URIPath'],
    ['SQLiExtendedPatterns_URIPATH', 'sql-database:SQLiExtendedPatterns_UriPath'],
    ['WindowsShellCommands_URIPATH', 'windows-os:WindowsShellCommands_UriPath'],
    ['PHPHighRiskMethodsVariables_URIPATH', 'php-app:PHPHighRiskMethodsVariables_URIPath'],
    ['WordPressExploitablePaths_URIPATH', 'wordpress-app:WordPressExploitablePaths_URIPATH'],
    ['CategoryHttpLibrary', 'bot-control:bot:category:http_library'],
    ['CategoryAI', 'bot-control:bot:category:ai'],
    ['SignalKnownBotDataCenter', 'bot-control:signal:known_bot_data_center'],
  ];
  for (const [name, label] of labels) {
    expect(ruleByLabel(`awswaf:managed:aws:${label}`)?.rule.name).toBe(name);
  }
  expect(ruleByLabel('awswaf:managed:aws:core-rule-set:GenericLFI_BODY')).toBeUndefined();
});

test('of older versions too', () => {
  expect(ruleByLabel('awswaf:managed:aws:posix-os:UNIXShellCommandsVariables_BODY')?.rule).toMatchObject({
    name: 'UNIXShellCommandsVariables_BODY',
    label: 'awswaf:managed:aws:posix-os:UNIXShellCommandsVariables_Body',
  });
});

test('names, labels and namespaces are told once each', () => {
  const labels = managedGroups.flatMap(({ rules }) =>
    rules.flatMap(({ label, otherLabels }) => [label, ...otherLabels]),
  );
  expect(new Set(labels).size).toBe(labels.length);
  expect(new Set(managedGroups.map(({ labelNamespace }) => labelNamespace)).size).toBe(managedGroups.length);
  for (const { rules } of managedGroups) expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
});

test('groups and rules are found by their exact names', () => {
  expect(findManagedRule(common, 'SizeRestrictions_BODY')).toMatchObject({
    label: 'awswaf:managed:aws:core-rule-set:SizeRestrictions_Body',
    action: 'block',
    inspects: 'body',
    kind: 'content',
    criterion: { kind: 'longer-than', bytes: 8192 },
  });
  expect(findManagedRule(common, 'SizeRestrictions_Body')).toBeUndefined();
  expect(findManagedGroup('Someone', 'AWSManagedRulesCommonRuleSet')).toBeUndefined();
  expect(groupByLabel('awswaf:managed:aws:bot-control:bot:name:curl')?.name).toBe('AWSManagedRulesBotControlRuleSet');
  expect(findManagedRule(groupOf('AWSManagedRulesAmazonIpReputationList'), 'AWSManagedIPDDoSList')).toMatchObject({
    action: 'count',
    kind: 'ip',
  });
});

test('a name that is none means the nearest one', () => {
  expect(closestRule(common, 'SizeRestrictions_Body')).toBe('SizeRestrictions_BODY');
  expect(closestRule(groupOf('AWSManagedRulesKnownBadInputsRuleSet'), 'Log4JRCE')).toBe('Log4JRCE_HEADER');
  expect(closestRule(common, 'GenericLFI_BODDY')).toBe('GenericLFI_BODY');
  expect(closestRule(common, 'SomethingElse')).toBeUndefined();
  expect(closestRule(common, 'x'.repeat(10_000))).toBeUndefined();
});

test('a label that none sets means the nearest one', () => {
  const space = common.labelNamespace;
  expect(closestLabel(common, `${space}CrossSiteScripting_BODY`)).toBe(`${space}CrossSiteScripting_Body`);
  expect(closestLabel(common, `${space}GenericLFI_Bodi`)).toBe(`${space}GenericLFI_Body`);
  expect(closestLabel(common, `${space}Quux`)).toBeUndefined();
});

function groupOf(name: string) {
  const group = findManagedGroup('AWS', name);
  if (group === undefined) throw new Error(name);
  return group;
}
