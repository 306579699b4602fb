import type { WebAcl } from '../acl/web-acl.js';
import { type AclDocument, noResources } from './acl-document.js';
import { type RuleContext, readRules } from './read-rule.js';
import type { SourceValue } from './source-value.js';

/** Rules by themselves are put before an application that takes all else: their file tells no default action. */
export function rulesAlone(rules: readonly SourceValue[], context: RuleContext): AclDocument {
  const acl: WebAcl = {
    name: '',
    scope: 'REGIONAL',
    defaultAction: { kind: 'allow', insertHeaders: [] },
    rules: readRules(rules, context),
    visibility: {},
    bodyLimits: {},
    responseBodies: {},
    firewallManagerGroups: [],
  };
  return aclDocument(acl, 'rules by themselves, with the default action Allow');
}

/** A file that holds one web ACL, and nothing that it could refer to. */
export function aclDocument(acl: WebAcl, format: string): AclDocument {
  return { acls: [{ id: acl.name, acl }], resources: noResources, format };
}

/** JSON pointers to rules: below their list, or to the whole file where it is one rule. */
export function pointersBelow(list: string | undefined): RuleContext['placeOf'] {
  return (index) => (list === undefined ? '/' : `${list}/${index}`);
}
