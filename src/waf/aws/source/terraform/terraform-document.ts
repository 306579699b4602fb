import type { KnownResources } from '../../acl/web-acl.js';
import { type AclDocument, joinResources, noResources } from '../acl-document.js';
import { ipSetResource, regexSetResource, ruleGroupResource } from '../read-resources.js';
import type { RuleContext } from '../read-rule.js';
import { readWebAcl } from '../read-web-acl.js';
import { isSourceList, isSourceObject, type SourceObject, type SourceValue, Unresolved } from '../source-value.js';
import { apiShape } from './blocks.js';

/** A resource of the AWS provider with its blocks as they are told. */
export interface TerraformResource {
  /** `aws_wafv2_web_acl.main`, with its module and index before and behind. */
  readonly address: string;
  readonly type: string;
  readonly values: SourceObject;
}

/** Resources that put rules into a web ACL from outside. */
const additions = ['aws_wafv2_web_acl_rule', 'aws_wafv2_web_acl_rule_group_association'];

/** The web ACLs among the resources, and what they may refer to. */
export function terraformDocument(resources: readonly TerraformResource[], format: string): AclDocument {
  const added = resources.filter(({ type }) => additions.includes(type)).map(addedRule);
  return {
    acls: resources.filter(({ type }) => type === 'aws_wafv2_web_acl').map((resource) => readAcl(resource, added)),
    resources: joinResources(resources.map(readReferred)),
    format,
  };
}

function readAcl({ address, values }: TerraformResource, added: readonly SourceValue[]): AclDocument['acls'][number] {
  const { rule_json: json, custom_response_body: bodies, association_config: association, ...blocks } = values;
  const shape = apiShape(blocks);
  const acl = {
    ...shape,
    Rules: withAdded(
      typeof json === 'string' && json !== '' ? parsedRules(json) : (json ?? shape['Rules'] ?? []),
      added,
    ),
    CustomResponseBodies: responseBodies(bodies),
    AssociationConfig: { RequestBody: bodyLimits(association) },
  };
  return { id: address, acl: readWebAcl(acl, contextOf(address)) };
}

function withAdded(rules: SourceValue, added: readonly SourceValue[]): SourceValue {
  return isSourceList(rules) ? [...rules, ...added] : rules;
}

/** Which web ACL it is for, and where in it, is often known at deployment only. */
function addedRule({ address }: TerraformResource): Unresolved {
  return new Unresolved(`${address} puts a rule into a web ACL from outside`, address);
}

/** `rule_json` is the JSON of the API with plain search strings. */
function parsedRules(json: string): SourceValue {
  try {
    return JSON.parse(json);
  } catch {
    return new Unresolved('rule_json is no JSON');
  }
}

function responseBodies(blocks: SourceValue | undefined): SourceValue {
  if (!isSourceList(blocks)) return null;
  const bodies = blocks.filter(isSourceObject).flatMap(({ key, content, content_type: type }) => {
    return typeof key === 'string' ? [[key, { Content: content ?? null, ContentType: type ?? null }] as const] : [];
  });
  return Object.fromEntries(bodies);
}

/** The API has a map with keys in capitals where Terraform has blocks. */
function bodyLimits(association: SourceValue | undefined): SourceValue {
  const [config] = isSourceList(association) ? association : [];
  const [bodies] = isSourceObject(config) && isSourceList(config['request_body']) ? config['request_body'] : [];
  if (!isSourceObject(bodies)) return null;
  return Object.fromEntries(Object.entries(apiShape(bodies)).map(([key, limit]) => [frontKey(key), limit]));
}

/** `ApiGateway` is `API_GATEWAY`, and `Cloudfront` is `CLOUDFRONT`. */
function frontKey(key: string): string {
  return key.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
}

/** Statements refer to it by its ARN where there is one already, and by its address within one plan. */
function readReferred(resource: TerraformResource): KnownResources {
  const { address, values } = resource;
  const refs = [address, ...(typeof values['arn'] === 'string' ? [values['arn']] : [])];
  return joinResources(refs.map((ref) => readUnder(ref, resource)));
}

function readUnder(ref: string, { address, type, values }: TerraformResource): KnownResources {
  const shape = apiShape(values);
  switch (type) {
    case 'aws_wafv2_ip_set':
      return ipSetResource(ref, Array.isArray(values['addresses']) ? { Addresses: values['addresses'] } : shape);
    case 'aws_wafv2_regex_pattern_set':
      return regexSetResource(ref, shape);
    case 'aws_wafv2_rule_group':
      return ruleGroupResource(ref, shape, contextOf(address));
    default:
      return noResources;
  }
}

function contextOf(address: string): RuleContext {
  return { encoding: 'plain', placeOf: (_, name) => `${address}.rule[${JSON.stringify(name)}]` };
}
