import type { FieldToMatch, Inspection } from '../acl/field-to-match.js';
import { managedGroups } from '../managed/managed-groups.js';
import type { InspectedPart } from '../managed/managed-rule.js';

/** A pattern in the place of a rule that AWS does not publish: what it matches is not what the rule matches. */
export interface Approximation {
  /** `AWS#Group#Rule`. */
  readonly rule: string;
  /** A regular expression as AWS WAF takes it. */
  readonly pattern: string;
  readonly inspect: Inspection;
}

/** What is decoded before a pattern is looked for. */
const usualTransformations = ['URL_DECODE_UNI', 'HTML_ENTITY_DECODE', 'LOWERCASE'];

/** For SQL injection, what no text of people is likely to have in it by chance, and some of what it is. */
export const sqlPattern =
  '\\bunion[\\s+(/*]{1,20}(?:all[\\s+]{1,20})?select\\b|[\'"]?[\\s+)]{0,5}\\b(?:or|and)\\b[\\s+(]{1,20}[\'"]?\\w{1,20}[\'"]?[\\s+]{0,5}=[\\s+]{0,5}[\'"]?\\w{1,20}|\\bselect\\b[^;]{1,200}\\bfrom\\b[^;]{1,200}\\bwhere\\b|;[\\s+]{0,10}(?:drop|delete|insert|update)[\\s+]';
export const scriptPattern =
  '<[\\s/]{0,5}(?:script|iframe|object|embed|svg)\\b|\\bon(?:error|load|click|mouseover)[\\s]{0,5}=|javascript:';

/** By what the names of rules begin with, in lower case. */
const kinds: readonly (readonly [begin: string, pattern: string])[] = [
  ['sqli_', sqlPattern],
  ['crosssitescripting_', scriptPattern],
  ['genericlfi_', '\\.\\.[/\\\\]|/etc/(?:passwd|shadow|hosts)\\b'],
  ['genericrfi_', '(?:https?|ftp)://(?:\\d{1,3}\\.){3}\\d{1,3}'],
  ['ec2metadatassrf_', '169\\.254\\.169\\.254'],
  ['restrictedextensions_', '\\.(?:bak|log|ini|conf|cfg|config|backup)(?:$|[?&/])'],
  ['log4jrce_', '\\$\\{[^}]{0,50}(?:jndi|ctx|env|lower|upper)'],
  ['javadeserializationrce_', '\\(?java\\.(?:lang|util|io)\\.|ro0ab'],
  ['useragent_badbots_', 'nessus|nmap|sqlmap|nikto'],
  ['unixshellcommandsvariables_', '\\$(?:path|home|shell|ifs)\\b'],
  [
    'phphighriskmethodsvariables_',
    '\\b(?:fsockopen|base64_decode|eval|system|passthru)[\\s]{0,5}\\(|\\$_(?:get|post)\\b',
  ],
];

/** Patterns for the rules of AWS that users meet most, where no others are given. They are not AWS's rules. */
export function builtInApproximations(): readonly Approximation[] {
  return managedGroups.flatMap(({ vendor, name: group, rules }) =>
    rules.flatMap(({ name, inspects, age }) => {
      const pattern = kinds.find(([begin]) => name.toLowerCase().startsWith(begin))?.[1];
      const inspect = inspectionOf(inspects);
      if (pattern === undefined || inspect === undefined || age !== undefined) return [];
      return [{ rule: `${vendor}#${group}#${name}`, pattern, inspect }];
    }),
  );
}

/** What is looked at, by the words of the file of approximations and of the table of rules. */
export function inspectionOf(part: InspectedPart): Inspection | undefined {
  const field = fieldOf(part);
  return field && { field, preParse: [], transformations: usualTransformations };
}

const everything = { pattern: { kind: 'all' }, scope: 'VALUE', oversize: 'CONTINUE' } as const;

function fieldOf(part: InspectedPart): FieldToMatch | undefined {
  switch (part) {
    case 'body':
      return { kind: 'body', oversize: 'CONTINUE' };
    case 'query-arguments':
      return { kind: 'all-query-arguments' };
    case 'query-string':
    case 'uri-path':
    case 'method':
      return { kind: part };
    case 'headers':
    case 'cookies':
      return { kind: part, ...everything };
    case 'host':
    case 'user-agent':
      return { kind: 'single-header', name: part };
    case 'cookie-header':
      return { kind: 'single-header', name: 'cookie' };
    case 'address':
    case 'client':
    case 'account':
      return undefined;
  }
}
