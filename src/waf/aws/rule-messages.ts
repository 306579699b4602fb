import { defaultAction } from './rule-names.js';

/**
 * What the rules of AWS's own groups look for, by how their names begin (developer guide, "AWS Managed Rules rule groups
 * list"); the longest beginning counts.
 */
const managed: Readonly<Record<string, string>> = {
  AdminProtection: 'Path of an administration page',
  CrossSiteScripting: 'Cross-site scripting',
  EC2MetaDataSSRF: 'Address of the metadata service',
  ExploitablePaths: 'Path of a known exploit',
  GenericLFI: 'Path traversal',
  GenericRFI: 'URL with an IP address',
  Host_localhost: 'The host is localhost',
  JavaDeserializationRCE: 'Java deserialization',
  LFI: 'Path of a local file',
  Log4JRCE: 'Lookup of Log4j',
  NoUserAgent: 'No User-Agent',
  PHPHighRiskMethodsVariables: 'Risky function or variable of PHP',
  PROPFIND: 'Method PROPFIND',
  PowerShellCommands: 'PowerShell command',
  ReactJSRCE: 'Exploit of React server components',
  RestrictedExtensions: 'Risky file extension',
  SizeRestrictions: 'Longer than the rule allows',
  SQLi: 'SQL injection',
  SQLiExtendedPatterns: 'SQL injection, further patterns',
  UNIXShellCommandsVariables: 'Unix shell command or variable',
  UserAgent_BadBots: 'User-Agent of a scanner',
  WindowsShellCommands: 'Windows shell command',
  WordPressExploitableCommands: 'Risky command of WordPress',
  WordPressExploitablePaths: 'Risky path of WordPress',
};

const beginnings = Object.keys(managed).sort((a, b) => b.length - a.length);

/** What a rule looks for, as far as its name tells; empty where it does not. */
export function ruleMessage(ruleId: string): string {
  if (ruleId === defaultAction) return 'No rule allowed it';
  const [, name] = /^AWS#[^#]*#(.*)$/.exec(ruleId) ?? [];
  const beginning = name === undefined ? undefined : beginnings.find((one) => name.startsWith(one));
  return beginning === undefined ? '' : (managed[beginning] ?? '');
}
