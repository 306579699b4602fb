import { managedGroup } from './group-builder.js';

/** https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-use-case.html */
export const useCaseGroups = [
  managedGroup({
    name: 'AWSManagedRulesSQLiRuleSet',
    labels: 'sql-database',
    capacity: 200,
    rules: [
      ['SQLi_QUERYARGUMENTS', 'SQLi_QueryArguments', 'query-arguments'],
      ['SQLiExtendedPatterns_QUERYARGUMENTS', 'SQLiExtendedPatterns_QueryArguments', 'query-arguments'],
      ['SQLi_BODY', 'SQLi_Body', 'body'],
      ['SQLiExtendedPatterns_BODY', 'SQLiExtendedPatterns_Body', 'body'],
      ['SQLiExtendedPatterns_HEADER', 'SQLiExtendedPatterns_Header', 'headers'],
      ['SQLiExtendedPatterns_URIPATH', 'SQLiExtendedPatterns_UriPath', 'uri-path'],
      ['SQLi_COOKIE', 'SQLi_Cookie', 'cookies'],
      ['SQLi_URIPATH', 'SQLi_URIPath', 'uri-path'],
    ],
  }),
  managedGroup({
    name: 'AWSManagedRulesLinuxRuleSet',
    labels: 'linux-os',
    capacity: 200,
    rules: [
      ['LFI_URIPATH', 'LFI_URIPath', 'uri-path'],
      ['LFI_QUERYSTRING', 'LFI_QueryString', 'query-string'],
      ['LFI_HEADER', 'LFI_Header', 'headers'],
    ],
  }),
  managedGroup({
    name: 'AWSManagedRulesUnixRuleSet',
    labels: 'posix-os',
    capacity: 100,
    rules: [
      ['UNIXShellCommandsVariables_QUERYSTRING', 'UNIXShellCommandsVariables_QueryString', 'query-string'],
      [
        'UNIXShellCommandsVariables_BODY',
        'UNIXShellCommandsVariables_Body',
        'body',
        { otherLabels: ['UNIXShellCommandsVariables_BODY'] },
      ],
      ['UNIXShellCommandsVariables_HEADER', 'UNIXShellCommandsVariables_Header', 'headers'],
      [
        'UNIXShellCommandsVariables_QUERYARGUMENTS',
        'UNIXShellCommandsVariables_QUERYARGUMENTS',
        'query-arguments',
        { age: 'older' },
      ],
    ],
  }),
  managedGroup({
    name: 'AWSManagedRulesWindowsRuleSet',
    labels: 'windows-os',
    capacity: 200,
    rules: [
      ['WindowsShellCommands_COOKIE', 'WindowsShellCommands_Cookie', 'cookies'],
      ['WindowsShellCommands_QUERYARGUMENTS', 'WindowsShellCommands_QueryArguments', 'query-arguments'],
      ['WindowsShellCommands_BODY', 'WindowsShellCommands_Body', 'body'],
      ['WindowsShellCommands_HEADER', 'WindowsShellCommands_Header', 'headers'],
      ['WindowsShellCommands_QUERYSTRING', 'WindowsShellCommands_QueryString', 'query-string'],
      ['WindowsShellCommands_URIPATH', 'WindowsShellCommands_UriPath', 'uri-path'],
      ['PowerShellCommands_COOKIE', 'PowerShellCommands_Cookie', 'cookies'],
      ['PowerShellCommands_QUERYARGUMENTS', 'PowerShellCommands_QueryArguments', 'query-arguments'],
      ['PowerShellCommands_BODY', 'PowerShellCommands_Body', 'body'],
    ],
  }),
  managedGroup({
    name: 'AWSManagedRulesPHPRuleSet',
    labels: 'php-app',
    capacity: 100,
    rules: [
      ['PHPHighRiskMethodsVariables_HEADER', 'PHPHighRiskMethodsVariables_Header', 'headers'],
      ['PHPHighRiskMethodsVariables_QUERYSTRING', 'PHPHighRiskMethodsVariables_QueryString', 'query-string'],
      ['PHPHighRiskMethodsVariables_BODY', 'PHPHighRiskMethodsVariables_Body', 'body'],
      ['PHPHighRiskMethodsVariables_URIPATH', 'PHPHighRiskMethodsVariables_URIPath', 'uri-path'],
    ],
  }),
  managedGroup({
    name: 'AWSManagedRulesWordPressRuleSet',
    labels: 'wordpress-app',
    capacity: 100,
    rules: [
      ['WordPressExploitableCommands_QUERYSTRING', 'WordPressExploitableCommands_QUERYSTRING', 'query-string'],
      ['WordPressExploitablePaths_URIPATH', 'WordPressExploitablePaths_URIPATH', 'uri-path'],
    ],
  }),
];
