import type { AclStatement } from './acl/statement.js';
import type { AclRule, WebAcl } from './acl/web-acl.js';
import { groupName } from './rule-names.js';

/** What a web ACL tells of one of its rules, and a log does not. */
export interface AclRuleFacts {
  /** The group that it refers to, as logs name it. */
  readonly group?: string;
  /** What of the client it looks at, where it looks at nothing else. */
  readonly ofClient?: 'rate' | 'ip' | 'geo' | 'bot';
}

/** Rules of a web ACL by their names. */
export type AclKnowledge = ReadonlyMap<string, AclRuleFacts>;

export function aclKnowledge({ rules }: Pick<WebAcl, 'rules'>): AclKnowledge {
  return new Map(rules.map((rule) => [rule.name, ruleFacts(rule)]));
}

function ruleFacts({ statement }: Pick<AclRule, 'statement'>): AclRuleFacts {
  if (statement.kind === 'managed-group') return { group: `${statement.vendor}#${statement.name}` };
  if (statement.kind === 'rule-group') return { group: groupName(statement.ref).name };
  const ofClient = clientPartOf(statement);
  return ofClient === undefined ? {} : { ofClient };
}

/** Of several conditions, the first one names what is looked at; one on the content makes the rule one of content. */
function clientPartOf(statement: AclStatement): AclRuleFacts['ofClient'] {
  switch (statement.kind) {
    case 'rate':
      return 'rate';
    case 'ip-set':
    case 'asn':
      return 'ip';
    case 'geo':
      return 'geo';
    case 'label':
      return labelled.find(([namespace]) => statement.key.startsWith(namespace))?.[1];
    case 'not':
      return clientPartOf(statement.statement);
    case 'and':
    case 'or': {
      const parts = statement.statements.map(clientPartOf);
      return parts.includes(undefined) ? undefined : parts[0];
    }
    default:
      return undefined;
  }
}

/** Labels that say something of the client (developer guide, "Labels that are managed by AWS"). */
const labelled: readonly (readonly [string, NonNullable<AclRuleFacts['ofClient']>])[] = [
  ['awswaf:clientip:geo:', 'geo'],
  ['awswaf:forwardedip:geo:', 'geo'],
  ['awswaf:managed:aws:amazon-ip-list:', 'ip'],
  ['awswaf:managed:aws:anonymous-ip-list:', 'ip'],
  ['awswaf:managed:aws:bot-control:', 'bot'],
  ['awswaf:managed:aws:atp:', 'bot'],
  ['awswaf:managed:aws:acfp:', 'bot'],
  ['awswaf:managed:token:', 'bot'],
  ['awswaf:managed:aws:anti-ddos:', 'rate'],
];
