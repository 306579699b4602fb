import type { AclDocument } from '../acl-document.js';
import { joinResources } from '../acl-document.js';
import { withApiKeys } from '../api-keys.js';
import { ipSetResource, regexSetResource, ruleGroupResource } from '../read-resources.js';
import type { RuleContext } from '../read-rule.js';
import { readWebAcl } from '../read-web-acl.js';
import { isSourceObject, memberOf, type SourceObject, type SourceValue } from '../source-value.js';
import { type TemplateScope, templateValue } from './template-value.js';

const webAcl = 'AWS::WAFv2::WebACL';
const referred = ['AWS::WAFv2::IPSet', 'AWS::WAFv2::RegexPatternSet', 'AWS::WAFv2::RuleGroup'];

interface Resource {
  readonly id: string;
  readonly type: string;
  readonly properties: SourceObject;
}

/** Reads a CloudFormation or SAM template, and what "cdk synth" writes. Nothing where it is no template. */
export function readTemplate(template: SourceValue): AclDocument | undefined {
  const resources = isSourceObject(template) ? memberOf(template, 'Resources') : undefined;
  if (!isSourceObject(template) || !isSourceObject(resources)) return undefined;
  const all = resourcesOf(resources);
  const mappings = memberOf(template, 'Mappings');
  const scope: TemplateScope = {
    arns: new Set(all.filter(({ type }) => referred.includes(type)).map(({ id }) => id)),
    mappings: isSourceObject(mappings) ? mappings : {},
  };
  const resolved = all.map((resource) => ({ ...resource, properties: resolvedProperties(resource, scope) }));
  return {
    acls: resolved.filter(({ type }) => type === webAcl).map(readAcl),
    resources: joinResources(resolved.flatMap(readResource)),
    format: 'CloudFormation template',
  };
}

function resourcesOf(resources: SourceObject): readonly Resource[] {
  return Object.entries(resources).flatMap(([id, resource]) => {
    const type = isSourceObject(resource) ? memberOf(resource, 'Type') : undefined;
    const properties = isSourceObject(resource) ? memberOf(resource, 'Properties') : undefined;
    const isKnown = typeof type === 'string' && (type === webAcl || referred.includes(type));
    return isKnown ? [{ id, type, properties: isSourceObject(properties) ? properties : {} }] : [];
  });
}

function resolvedProperties({ properties }: Resource, scope: TemplateScope): SourceObject {
  const resolved = withApiKeys(templateValue(properties, scope));
  return isSourceObject(resolved) ? resolved : {};
}

/** A web ACL without a name gets one at deployment; until then its logical id names it. */
function readAcl({ id, properties }: Resource): AclDocument['acls'][number] {
  const acl = readWebAcl(properties, contextOf(id));
  return { id, acl: acl.name === '' ? { ...acl, name: id } : acl };
}

function readResource({ id, type, properties }: Resource) {
  if (type === 'AWS::WAFv2::IPSet') return [ipSetResource(id, properties)];
  if (type === 'AWS::WAFv2::RegexPatternSet') return [regexSetResource(id, properties)];
  return type === 'AWS::WAFv2::RuleGroup' ? [ruleGroupResource(id, properties, contextOf(id))] : [];
}

function contextOf(id: string): RuleContext {
  return { encoding: 'plain', placeOf: (index) => `/Resources/${id}/Properties/Rules/${index}` };
}
