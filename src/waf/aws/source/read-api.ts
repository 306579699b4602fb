import type { JsonValue } from '../../../model/request.js';
import type { KnownResources } from '../acl/web-acl.js';
import type { AclDocument } from './acl-document.js';
import { ipSetResource, regexSetResource, ruleGroupResource } from './read-resources.js';
import { readWebAcl } from './read-web-acl.js';
import { aclDocument, pointersBelow, rulesAlone } from './rules-alone.js';
import { searchEncoding } from './search-string.js';

type JsonObject = { readonly [key: string]: JsonValue };

/**
 * Reads JSON of the WAFv2 API: the answer to GetWebACL with or without its wrapper, one rule or a list of rules as the
 * console edits them, and the answers to GetIPSet, GetRegexPatternSet and GetRuleGroup. Nothing where it is none of them.
 */
export function readApi(json: JsonValue): AclDocument | undefined {
  if (Array.isArray(json)) return json.some(isRule) ? bareRules(json, '') : undefined;
  if (!isObject(json)) return undefined;
  if (isRule(json)) return bareRules([json], undefined);
  return readAnswer(json) ?? readUnwrapped(json);
}

function readAnswer(json: JsonObject): AclDocument | undefined {
  const { WebACL: acl, IPSet: ipSet, RegexPatternSet: regexSet, RuleGroup: group } = json;
  if (isObject(acl)) return wholeAcl(acl, '/WebACL');
  if (isObject(ipSet)) return resources('answer to GetIPSet', ipSetResource(refOf(ipSet), ipSet));
  if (isObject(regexSet)) return resources('answer to GetRegexPatternSet', regexSetResource(refOf(regexSet), regexSet));
  return isObject(group) ? ownGroup(group, '/RuleGroup') : undefined;
}

function readUnwrapped(json: JsonObject): AclDocument | undefined {
  if (Array.isArray(json['Addresses'])) return resources('IP set', ipSetResource(refOf(json), json));
  if (Array.isArray(json['RegularExpressionList'])) {
    return resources('regex pattern set', regexSetResource(refOf(json), json));
  }
  if (!Array.isArray(json['Rules'])) return json['DefaultAction'] === undefined ? undefined : wholeAcl(json, '');
  if (isGroup(json)) return ownGroup(json, '');
  return json['DefaultAction'] === undefined && !refOf(json).includes('/webacl/')
    ? bareRules(json['Rules'], '/Rules')
    : wholeAcl(json, '');
}

function wholeAcl(acl: JsonObject, at: string): AclDocument {
  const context = { encoding: searchEncoding(acl, true), placeOf: pointersBelow(`${at}/Rules`) };
  return aclDocument(readWebAcl(acl, context, acl), 'web ACL of the API');
}

function bareRules(rules: readonly JsonValue[], at: string | undefined): AclDocument {
  return rulesAlone(rules, { encoding: searchEncoding(rules, false), placeOf: pointersBelow(at) });
}

function ownGroup(group: JsonObject, at: string): AclDocument {
  const context = { encoding: searchEncoding(group, true), placeOf: pointersBelow(`${at}/Rules`) };
  return resources('answer to GetRuleGroup', ruleGroupResource(refOf(group), group, context));
}

function resources(format: string, known: KnownResources): AclDocument {
  return { acls: [], resources: known, format };
}

/** What references name it by. */
function refOf(object: JsonObject): string {
  const ref = object['ARN'] ?? object['Name'];
  return typeof ref === 'string' ? ref : '';
}

function isGroup(json: JsonObject): boolean {
  return (
    refOf(json).includes('/rulegroup/') || (json['DefaultAction'] === undefined && typeof json['Capacity'] === 'number')
  );
}

function isRule(json: JsonValue): boolean {
  return isObject(json) && 'Statement' in json && !('Rules' in json);
}

function isObject(json: JsonValue | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
