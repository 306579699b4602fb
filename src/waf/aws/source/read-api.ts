import type { JsonValue } from '../../../model/request.js';
import type { KnownResources, WebAcl } from '../acl/web-acl.js';
import { type AclDocument, noResources } from './acl-document.js';
import { ipSetResource, regexSetResource, ruleGroupResource } from './read-resources.js';
import { type RuleContext, readRules } from './read-rule.js';
import { readWebAcl } from './read-web-acl.js';
import { searchEncoding } from './search-string.js';

type JsonObject = { readonly [key: string]: JsonValue };

/**
 * Reads JSON of the WAFv2 API: the answer to GetWebACL with or without its wrapper, one rule or a list of rules as the
 * console edits them, and the answers to GetIPSet, GetRegexPatternSet and GetRuleGroup. Nothing where it is none of them.
 */
export function readApi(json: JsonValue): AclDocument | undefined {
  if (Array.isArray(json)) return json.some(isRule) ? rulesAlone(json, '') : undefined;
  if (!isObject(json)) return undefined;
  if (isRule(json)) return rulesAlone([json], undefined);
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
    ? rulesAlone(json['Rules'], '/Rules')
    : wholeAcl(json, '');
}

function wholeAcl(acl: JsonObject, at: string): AclDocument {
  const context = { encoding: searchEncoding(acl, true), placeOf: pointers(`${at}/Rules`) };
  return document(readWebAcl(acl, context, acl), 'web ACL of the API');
}

function ownGroup(group: JsonObject, at: string): AclDocument {
  const context = { encoding: searchEncoding(group, true), placeOf: pointers(`${at}/Rules`) };
  return resources('answer to GetRuleGroup', ruleGroupResource(refOf(group), group, context));
}

/** Rules by themselves are put before an application that takes all else: their file tells no default action. */
function rulesAlone(rules: readonly JsonValue[], at: string | undefined): AclDocument {
  const context: RuleContext = {
    encoding: searchEncoding(rules, false),
    placeOf: at === undefined ? () => '/' : pointers(at),
  };
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
  return document(acl, 'rules by themselves, with the default action Allow');
}

function document(acl: WebAcl, format: string): AclDocument {
  return { acls: [{ id: acl.name, acl }], resources: noResources, format };
}

function resources(format: string, known: KnownResources): AclDocument {
  return { acls: [], resources: known, format };
}

function pointers(rules: string): RuleContext['placeOf'] {
  return (index) => `${rules}/${index}`;
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
