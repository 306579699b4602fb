import type { JsonValue } from '../../../model/request.js';
import type { Front, OwnRuleGroup, WebAcl } from '../acl/web-acl.js';
import { listIn, optionalNumberIn, optionalTextIn } from './parts.js';
import { readAction } from './read-action.js';
import { type RuleContext, readRules, readVisibility } from './read-rule.js';
import { isSourceList, isSourceObject, memberOf, type SourceObject, type SourceValue } from './source-value.js';

/** The keys of `AssociationConfig.RequestBody`. */
const fronts: Readonly<Record<string, Front>> = {
  APPLICATION_LOAD_BALANCER: 'alb',
  CLOUDFRONT: 'cloudfront',
  API_GATEWAY: 'api-gateway',
  COGNITO_USER_POOL: 'cognito',
  APP_RUNNER_SERVICE: 'app-runner',
  VERIFIED_ACCESS_INSTANCE: 'verified-access',
};

/** Reads a web ACL in the shape of the API, as far as it is there. */
export function readWebAcl(acl: SourceObject, context: RuleContext, raw?: Readonly<Record<string, JsonValue>>): WebAcl {
  const identity = readIdentity(acl);
  const capacity = optionalNumberIn(acl, 'Capacity');
  return {
    ...identity,
    defaultAction: readAction(memberOf(acl, 'DefaultAction')),
    rules: readRules(memberOf(acl, 'Rules'), context),
    visibility: readVisibility(acl),
    bodyLimits: readBodyLimits(memberOf(acl, 'AssociationConfig')),
    responseBodies: readResponseBodies(memberOf(acl, 'CustomResponseBodies')),
    ...(typeof capacity === 'number' && { capacity }),
    firewallManagerGroups: [
      ...groupNames(acl, 'PreProcessFirewallManagerRuleGroups'),
      ...groupNames(acl, 'PostProcessFirewallManagerRuleGroups'),
    ],
    ...(raw !== undefined && { raw }),
  };
}

/** Reads a group of rules of one's own in the shape of the API. */
export function readOwnGroup(group: SourceObject, context: RuleContext): OwnRuleGroup {
  const { name, labelNamespace } = readIdentity(group, 'rulegroup');
  const capacity = optionalNumberIn(group, 'Capacity');
  return {
    name,
    ...(typeof capacity === 'number' && { capacity }),
    ...(labelNamespace !== undefined && { labelNamespace }),
    rules: readRules(memberOf(group, 'Rules'), context),
  };
}

function readIdentity(object: SourceObject, kind: 'webacl' | 'rulegroup' = 'webacl') {
  const [name, arn, id] = [known(object, 'Name') ?? '', known(object, 'ARN'), known(object, 'Id')];
  const account = arn === undefined ? undefined : /^arn:[^:]+:wafv2:[^:]*:(\d{12}):/.exec(arn)?.[1];
  const made = account === undefined || name === '' ? undefined : `awswaf:${account}:${kind}:${name}:`;
  const labelNamespace = known(object, 'LabelNamespace') ?? made;
  return {
    name,
    scope: scopeOf(object, arn),
    ...(arn !== undefined && { arn }),
    ...(id !== undefined && { id }),
    ...(account !== undefined && { account }),
    ...(labelNamespace !== undefined && { labelNamespace }),
  };
}

/** An answer of the API does not say the scope; the ARN in it does. */
function scopeOf(object: SourceObject, arn: string | undefined): WebAcl['scope'] {
  const isGlobal = known(object, 'Scope') === 'CLOUDFRONT' || arn?.includes(':global/') === true;
  return isGlobal ? 'CLOUDFRONT' : 'REGIONAL';
}

function known(object: SourceObject, key: string): string | undefined {
  const text = optionalTextIn(object, key);
  return typeof text === 'string' ? text : undefined;
}

/** `KB_16` is 16,384 bytes. */
function readBodyLimits(association: SourceValue | undefined): WebAcl['bodyLimits'] {
  const bodies = isSourceObject(association) ? memberOf(association, 'RequestBody') : undefined;
  if (!isSourceObject(bodies)) return {};
  const limits = Object.entries(fronts).flatMap(([key, front]) => {
    const config = memberOf(bodies, key);
    const size = isSourceObject(config) ? known(config, 'DefaultSizeInspectionLimit') : undefined;
    const kilobytes = /^KB_(\d{1,4})$/.exec(size ?? '')?.[1];
    return kilobytes === undefined ? [] : [[front, Number(kilobytes) * 1024] as const];
  });
  return Object.fromEntries(limits);
}

function readResponseBodies(bodies: SourceValue | undefined): WebAcl['responseBodies'] {
  if (!isSourceObject(bodies)) return {};
  const read = Object.entries(bodies).flatMap(([key, body]) => {
    const type = isSourceObject(body) ? known(body, 'ContentType') : undefined;
    const content = isSourceObject(body) ? known(body, 'Content') : undefined;
    return type === undefined || content === undefined ? [] : [[key, { type, content }] as const];
  });
  return Object.fromEntries(read);
}

function groupNames(acl: SourceObject, key: string): readonly string[] {
  const list = listIn(acl, key);
  if (!isSourceList(list)) return [];
  return list.map((group) => (isSourceObject(group) ? known(group, 'Name') : undefined) ?? 'a group without a name');
}
