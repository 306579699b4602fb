import {
  isObject,
  type JsonObject,
  memberNamed,
  numberNamed,
  objectNamed,
  objectsNamed,
  textNamed,
} from '../api/json-object.js';
import { type ApiAnswer, done, nonexistent, refused } from './api-answer.js';
import { checkRules } from './check-rules.js';
import { type SampledItem, sampleOf } from './sampled-window.js';
import type { WebAclStore } from './web-acl-store.js';

/** A version of a managed group, as `DescribeManagedRuleGroup` tells it. */
export interface ManagedGroupVersion {
  readonly vendor: string;
  readonly name: string;
  /** Absent for a group without versions. */
  readonly version?: string;
  readonly isDefault: boolean;
  /** Members of the answer: `Capacity`, `Rules`, `LabelNamespace`, `AvailableLabels`. */
  readonly description: JsonObject;
}

/** What stands behind the API. */
export interface WafApiSetup {
  /** The member `WebACL` of an answer of `GetWebACL`. */
  readonly acl: JsonObject;
  readonly scope: 'REGIONAL' | 'CLOUDFRONT';
  /** Answers of `GetIPSet`, `GetRegexPatternSet` and `GetRuleGroup` without their lock tokens. */
  readonly resources?: readonly JsonObject[];
  /** ARNs of what the web ACL protects, by `ResourceType`. */
  readonly attached?: Readonly<Record<string, readonly string[]>>;
  /** The member `LoggingConfiguration`; absent where logging is off. */
  readonly logging?: JsonObject;
  readonly managedGroups?: readonly ManagedGroupVersion[];
  /** The requests that counted for a metric so far. */
  sampled?(metric: string): readonly SampledItem[];
  /** Capacity units of rules. */
  capacityOf?(rules: readonly JsonObject[]): number;
  now?(): number;
}

/** The setup with the web ACL as it is by now. */
export interface ApiState extends WafApiSetup {
  readonly store: WebAclStore;
}

type Operation = (question: JsonObject, state: ApiState) => ApiAnswer;

const mostCapacity = 5000;

/** The operations of the API that are stood in for, by their names. */
export const operations: Readonly<Record<string, Operation>> = {
  GetWebACL: (question, { store, scope }) =>
    store.isMeant(question) && isOfScope(question, scope)
      ? done({ WebACL: store.webAcl, LockToken: store.lockToken })
      : nonexistent,
  ListWebACLs: ({ Scope }, { store: { webAcl, lockToken }, scope }) =>
    done({ WebACLs: Scope === scope ? [{ ...summary(webAcl), LockToken: lockToken }] : [] }),
  GetWebACLForResource: ({ ResourceArn }, { store, attached = {} }) =>
    Object.values(attached).some((arns) => arns.includes(String(ResourceArn)))
      ? done({ WebACL: store.webAcl })
      : done({}),
  ListResourcesForWebACL: (question, { store, attached = {} }) => {
    const type = textNamed(question, 'ResourceType') ?? 'APPLICATION_LOAD_BALANCER';
    return store.isMeant(question) ? done({ ResourceArns: [...(attached[type] ?? [])] }) : nonexistent;
  },
  GetRuleGroup: (question, state) => resource('RuleGroup', question, state),
  GetIPSet: (question, state) => resource('IPSet', question, state),
  GetRegexPatternSet: (question, state) => resource('RegexPatternSet', question, state),
  GetLoggingConfiguration: ({ ResourceArn }, { store, logging }) =>
    logging !== undefined && ResourceArn === textNamed(store.webAcl, 'ARN')
      ? done({ LoggingConfiguration: logging })
      : nonexistent,
  GetSampledRequests: getSampledRequests,
  DescribeManagedRuleGroup: describeManagedRuleGroup,
  ListAvailableManagedRuleGroupVersions: listVersions,
  CheckCapacity: (question, state) => {
    const capacity = checkedCapacity(question, state);
    return typeof capacity === 'number' ? done({ Capacity: capacity }) : capacity;
  },
  UpdateWebACL: updateWebAcl,
};

function isOfScope(question: JsonObject, scope: string): boolean {
  return (textNamed(question, 'Scope') ?? scope) === scope;
}

function summary(webAcl: JsonObject): JsonObject {
  const shown = ['Name', 'Id', 'Description', 'ARN'];
  return Object.fromEntries(Object.entries(webAcl).filter(([key]) => shown.includes(key)));
}

const resourceLockToken = '00000000-0000-4000-8000-000000000000';

function resource(member: string, question: JsonObject, { resources = [], scope }: ApiState): ApiAnswer {
  const found = resources
    .map((answer) => objectNamed(answer, member))
    .find(
      (one) => ['Name', 'Id', 'ARN'].every((key) => isAsked(question, one, key)) && textNamed(one, 'ARN') !== undefined,
    );
  return found === undefined || !isOfScope(question, scope)
    ? nonexistent
    : done({ [member]: found, LockToken: resourceLockToken });
}

function isAsked(question: JsonObject, one: JsonObject, key: string): boolean {
  const wanted = textNamed(question, key);
  return wanted === undefined || wanted === textNamed(one, key);
}

function getSampledRequests(question: JsonObject, state: ApiState): ApiAnswer {
  if (!state.store.isMeant(question)) return nonexistent;
  const window = objectNamed(question, 'TimeWindow');
  return sampleOf({
    items: state.sampled?.(textNamed(question, 'RuleMetricName') ?? '') ?? [],
    start: numberNamed(window, 'StartTime') ?? 0,
    end: numberNamed(window, 'EndTime') ?? 0,
    maxItems: numberNamed(question, 'MaxItems') ?? 0,
    now: state.now?.() ?? Date.now(),
  });
}

function groupsAskedFor(question: JsonObject, { managedGroups = [] }: ApiState): readonly ManagedGroupVersion[] {
  return managedGroups.filter(({ vendor, name }) => question['VendorName'] === vendor && question['Name'] === name);
}

function describeManagedRuleGroup(question: JsonObject, state: ApiState): ApiAnswer {
  const asked = textNamed(question, 'VersionName');
  const found = groupsAskedFor(question, state).find(({ version, isDefault }) =>
    asked === undefined ? isDefault : version === asked,
  );
  if (found === undefined) return nonexistent;
  return done({ ...found.description, ...(found.version !== undefined && { VersionName: found.version }) });
}

function listVersions(question: JsonObject, state: ApiState): ApiAnswer {
  const groups = groupsAskedFor(question, state);
  if (groups.length === 0) return nonexistent;
  const named = groups.flatMap(({ version, isDefault }) => (version === undefined ? [] : [{ version, isDefault }]));
  const current = named.find(({ isDefault }) => isDefault)?.version;
  return done({
    Versions: named.map(({ version }) => ({ Name: version })),
    ...(current !== undefined && { CurrentDefaultVersion: current }),
  });
}

/** The capacity of the rules of a question, or why they are refused. */
function checkedCapacity(question: JsonObject, state: ApiState): number | ApiAnswer {
  const rules = objectsNamed(question, 'Rules');
  const arns = (state.resources ?? []).flatMap((answer) =>
    Object.values(answer)
      .filter(isObject)
      .map((one) => textNamed(one, 'ARN')),
  );
  const refusal = checkRules(rules, (arn) => arns.includes(arn));
  const capacity = state.capacityOf?.(rules) ?? 0;
  if (refusal !== undefined) return refusal;
  return capacity > mostCapacity
    ? refused(
        'WAFLimitsExceededException',
        'AWS WAF couldn’t perform the operation because you exceeded your resource limit.',
      )
    : capacity;
}

function updateWebAcl(question: JsonObject, state: ApiState): ApiAnswer {
  const { store, scope } = state;
  if (!store.isMeant(question) || !isOfScope(question, scope)) return nonexistent;
  if (memberNamed(question, 'LockToken') !== store.lockToken) return staleToken;
  const capacity = checkedCapacity(question, state);
  return typeof capacity === 'number' ? done({ NextLockToken: store.replace(question, capacity) }) : capacity;
}

const staleToken = refused(
  'WAFOptimisticLockException',
  'AWS WAF couldn’t save your changes because someone changed the resource after you started to edit it. Reapply your changes.',
);
