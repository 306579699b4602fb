import type { JsonValue } from '../../../model/request.js';
import { aclCapacity } from '../acl/capacity.js';
import type { AclSource, Front, KnownResources, WebAcl } from '../acl/web-acl.js';
import { actionToApi, ruleToApi } from '../acl/write-api.js';
import { isObject, type JsonObject, memberNamed, objectsNamed } from '../api/json-object.js';
import { readApi } from '../source/read-api.js';
import { searchEncoding } from '../source/search-string.js';

/** What a web ACL that is on no account has in the place of what an account would give it. */
const labAccount = '000000000000';
const labId = '00000000-0000-4000-8000-000000000000';

/** A web ACL as `GetWebACL` tells it: as it was read where that was an answer of the API, else made of what was read. */
export function apiWebAcl({ acl, resources }: Pick<AclSource, 'acl' | 'resources'>): JsonObject {
  const name = acl.name === '' ? 'lab' : acl.name;
  const identity = { Name: name, Id: acl.id ?? labId, ARN: acl.arn ?? arnOf(acl.scope, name) };
  const isRaw = acl.raw !== undefined && searchEncoding(acl.raw, true) === 'base64';
  const made = {
    DefaultAction: acl.defaultAction.kind === 'unknown' ? { Allow: {} } : actionToApi(acl.defaultAction),
    Rules: acl.rules.map(ruleToApi),
    VisibilityConfig: visibilityOf(acl.visibility, name),
    Capacity: acl.capacity ?? aclCapacity(acl, resources).units,
    LabelNamespace: acl.labelNamespace ?? `awswaf:${acl.account ?? labAccount}:webacl:${name}:`,
    ...bodiesOf(acl),
    ...limitsOf(acl),
  };
  return isRaw ? { ...made, ...acl.raw, ...identity } : { ...made, ...identity };
}

function arnOf(scope: WebAcl['scope'], name: string): string {
  const place = scope === 'CLOUDFRONT' ? 'global' : 'regional';
  return `arn:aws:wafv2:us-east-1:${labAccount}:${place}/webacl/${name}/${labId}`;
}

function visibilityOf({ metric, sampled }: WebAcl['visibility'], name: string): JsonObject {
  return { SampledRequestsEnabled: sampled ?? true, CloudWatchMetricsEnabled: true, MetricName: metric ?? name };
}

function bodiesOf({ responseBodies }: WebAcl): JsonObject {
  const bodies = Object.entries(responseBodies).map(([key, { type, content }]) => [
    key,
    { ContentType: type, Content: content },
  ]);
  return bodies.length === 0 ? {} : { CustomResponseBodies: Object.fromEntries(bodies) };
}

const associated: Partial<Readonly<Record<Front, string>>> = {
  alb: 'APPLICATION_LOAD_BALANCER',
  cloudfront: 'CLOUDFRONT',
  'api-gateway': 'API_GATEWAY',
  cognito: 'COGNITO_USER_POOL',
  'app-runner': 'APP_RUNNER_SERVICE',
  'verified-access': 'VERIFIED_ACCESS_INSTANCE',
};

function limitsOf({ bodyLimits }: WebAcl): JsonObject {
  const limits = Object.entries(associated).flatMap(([front, key]) => {
    const bytes = Object.entries(bodyLimits).find(([one]) => one === front)?.[1];
    return bytes === undefined ? [] : [[key, { DefaultSizeInspectionLimit: `KB_${bytes / 1024}` }]];
  });
  return limits.length === 0 ? {} : { AssociationConfig: { RequestBody: Object.fromEntries(limits) } };
}

/** The same web ACL, which only counts: no rule of it refuses. */
export function countingOnly(acl: JsonObject): JsonObject {
  const rules = objectsNamed(acl, 'Rules').map((rule): JsonObject => {
    if (memberNamed(rule, 'OverrideAction') !== undefined) return { ...rule, OverrideAction: { Count: {} } };
    const action = memberNamed(rule, 'Action');
    return isObject(action) && 'Allow' in action ? rule : { ...rule, Action: { Count: {} } };
  });
  return { ...acl, DefaultAction: { Allow: {} }, Rules: rules };
}

/** A web ACL of the API, read again. */
export function readLabAcl(json: JsonObject): WebAcl | undefined {
  return readApi({ WebACL: json })?.acls[0]?.acl;
}

/** Capacity units of rules in the shape of the API. */
export function capacityOf(rules: readonly JsonValue[], resources: KnownResources): number {
  const acl = readApi({ Name: 'rules', DefaultAction: { Allow: {} }, Rules: rules })?.acls[0]?.acl;
  return acl === undefined ? 0 : aclCapacity(acl, resources).units;
}

/** What a web ACL refers to, as the answers of the API tell it. */
export function apiResources({ ipSets, regexSets, ruleGroups }: KnownResources): readonly JsonObject[] {
  return [
    ...[...ipSets].map(([ref, Addresses]) => ({
      IPSet: { ...identityOf(ref), IPAddressVersion: versionOf(Addresses), Addresses },
    })),
    ...[...regexSets].map(([ref, patterns]) => ({
      RegexPatternSet: { ...identityOf(ref), RegularExpressionList: patterns.map((RegexString) => ({ RegexString })) },
    })),
    ...[...ruleGroups].map(([ref, group]) => ({
      RuleGroup: {
        ...identityOf(ref),
        Name: group.name,
        Capacity: group.capacity ?? 100,
        Rules: group.rules.map(ruleToApi),
        VisibilityConfig: visibilityOf({}, group.name),
      },
    })),
  ];
}

function identityOf(ref: string): JsonObject {
  const [id = '', name = ''] = ref.split('/').reverse();
  return { Name: name === '' ? ref : name, Id: id, ARN: ref };
}

function versionOf(addresses: readonly string[]): string {
  return addresses.some((address) => address.includes(':')) ? 'IPV6' : 'IPV4';
}
