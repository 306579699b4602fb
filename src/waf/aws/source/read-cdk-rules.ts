import type { AclDocument } from './acl-document.js';
import { withApiKeys } from './api-keys.js';
import { readWebAcl } from './read-web-acl.js';
import { aclDocument, pointersBelow, rulesAlone } from './rules-alone.js';
import { isSourceList, isSourceObject, type SourceValue } from './source-value.js';

/**
 * Reads the properties of a web ACL, or its rules, as programs of the CDK hand them to `CfnWebACL`: keys in camel case, and
 * plain search strings. Nothing where it is something else.
 */
export function readCdkRules(json: SourceValue): AclDocument | undefined {
  if (isSourceList(json)) return json.some(isCdkRule) ? bareRules(json, '') : undefined;
  if (!isSourceObject(json)) return undefined;
  if (isCdkRule(json)) return bareRules([json], undefined);
  const acl = 'rules' in json && 'defaultAction' in json ? withApiKeys(json) : undefined;
  if (!isSourceObject(acl)) return undefined;
  const context = { encoding: 'plain' as const, placeOf: pointersBelow('/rules') };
  return aclDocument(readWebAcl(acl, context), 'properties of a web ACL of the CDK');
}

function bareRules(rules: readonly SourceValue[], at: string | undefined): AclDocument {
  const read = rules.map((rule) => withApiKeys(rule));
  return rulesAlone(read, { encoding: 'plain', placeOf: pointersBelow(at) });
}

function isCdkRule(value: SourceValue): boolean {
  return isSourceObject(value) && isSourceObject(value['statement']) && 'visibilityConfig' in value;
}
