import { type Problem, WafproofError } from '../../../model/error.js';
import type { ManagedGroup } from '../acl/statement.js';
import type { WebAcl } from '../acl/web-acl.js';
import { type JsonObject, objectNamed, objectsNamed, textNamed } from '../api/json-object.js';
import type { WafApi } from '../api/waf-api.js';
import type { WebAclArn } from '../api/web-acl-arn.js';
import { readApi } from '../source/read-api.js';

/** What AWS said, or why it did not. */
export type AwsAnswer<T> = { readonly told: T } | { readonly problem: Problem };

/** What AWS says of a managed group and its versions. */
export interface GroupFacts {
  readonly group: ManagedGroup;
  readonly version?: string;
  readonly rules: readonly string[];
  /** Versions that can be pinned, and the default one. */
  readonly versions: readonly string[];
  readonly defaultVersion?: string;
}

/** What the preflight knows of a web ACL; all of it is asked for once. */
export interface AwsFacts {
  readonly arn: WebAclArn;
  readonly acl: AwsAnswer<WebAcl>;
  /** ARNs of what it protects. */
  readonly attached: AwsAnswer<readonly string[]>;
  /** The member `LoggingConfiguration`; nothing where logging is off. */
  readonly logging: AwsAnswer<JsonObject | undefined>;
  readonly groups: readonly AwsAnswer<GroupFacts>[];
}

/** What a web ACL in a region may protect (API reference, ListResourcesForWebACL). */
const resourceTypes = [
  'APPLICATION_LOAD_BALANCER',
  'API_GATEWAY',
  'APPSYNC',
  'COGNITO_USER_POOL',
  'APP_RUNNER_SERVICE',
  'VERIFIED_ACCESS_INSTANCE',
] as const;

/**
 * Asks AWS for all that the checks look at, one question after the other. It never rejects for what AWS refuses. Where AWS
 * takes no question at all, it is asked no other, and all has that one problem.
 */
export async function askForFacts(api: WafApi, arn: WebAclArn): Promise<AwsFacts> {
  const acl = await tellOf(() => webAclOf(api, arn));
  if ('problem' in acl && acl.problem.code !== 'AWS_ACCESS_DENIED')
    return { arn, acl, attached: acl, logging: acl, groups: [] };
  const groups: AwsAnswer<GroupFacts>[] = [];
  for (const group of 'told' in acl ? managedGroupsOf(acl.told) : [])
    groups.push(await tellOf(() => groupOf(api, arn, group)));
  return {
    arn,
    acl,
    attached: await tellOf(() => attachedTo(api, arn)),
    logging: await tellOf(() => loggingOf(api, arn)),
    groups,
  };
}

async function tellOf<T>(ask: () => Promise<T>): Promise<AwsAnswer<T>> {
  try {
    return { told: await ask() };
  } catch (error) {
    if (error instanceof WafproofError) return { problem: error.problems[0] };
    throw error;
  }
}

/** The web ACL as AWS has it. */
export async function webAclOf(api: WafApi, { arn, name, id, scope }: WebAclArn): Promise<WebAcl> {
  const answer = await api.ask('GetWebACL', { Name: name, Id: id, Scope: scope }, `web ACL ${name} (${arn})`);
  const acl = readApi(answer)?.acls[0]?.acl;
  if (acl === undefined) throw new TypeError('an answer of GetWebACL has a web ACL');
  return acl;
}

async function attachedTo(api: WafApi, { arn, name, scope }: WebAclArn): Promise<readonly string[]> {
  if (scope === 'CLOUDFRONT') return [];
  const arns: string[] = [];
  for (const ResourceType of resourceTypes) {
    const answer = await api.ask('ListResourcesForWebACL', { WebACLArn: arn, ResourceType }, `web ACL ${name}`);
    const found = answer['ResourceArns'];
    if (Array.isArray(found)) arns.push(...found.map(String));
  }
  return arns;
}

/** The member `LoggingConfiguration`; nothing where logging is off. */
export async function loggingOf(api: WafApi, { arn, name }: WebAclArn): Promise<JsonObject | undefined> {
  try {
    const answer = await api.ask('GetLoggingConfiguration', { ResourceArn: arn }, `logging of web ACL ${name}`);
    return objectNamed(answer, 'LoggingConfiguration');
  } catch (error) {
    if (error instanceof WafproofError && error.code === 'AWS_NOT_FOUND') return undefined;
    throw error;
  }
}

async function groupOf(api: WafApi, { scope }: WebAclArn, group: ManagedGroup): Promise<GroupFacts> {
  const asked = { VendorName: group.vendor, Name: group.name, Scope: scope };
  const what = `managed group ${group.vendor}#${group.name}`;
  const listed = await api.ask('ListAvailableManagedRuleGroupVersions', asked, what);
  const versions = objectsNamed(listed, 'Versions').flatMap((one) => textNamed(one, 'Name') ?? []);
  const defaultVersion = textNamed(listed, 'CurrentDefaultVersion');
  const known = { group, versions, ...(defaultVersion !== undefined && { defaultVersion }) };
  if (isGone(known)) return { ...known, rules: [] };
  const pinned = group.version === undefined ? {} : { VersionName: group.version };
  const described = await api.ask('DescribeManagedRuleGroup', { ...asked, ...pinned }, what);
  const version = textNamed(described, 'VersionName');
  const rules = objectsNamed(described, 'Rules').flatMap((rule) => textNamed(rule, 'Name') ?? []);
  return { ...known, ...(version !== undefined && { version }), rules };
}

/** Whether a version is pinned that AWS does not list any more; some groups have no versions. */
export function isGone({ group: { version }, versions }: Pick<GroupFacts, 'group' | 'versions'>): boolean {
  return version !== undefined && versions.length > 0 && !versions.includes(version);
}

function managedGroupsOf({ rules }: WebAcl): readonly ManagedGroup[] {
  return rules.flatMap(({ statement }) => (statement.kind === 'managed-group' ? [statement] : []));
}
