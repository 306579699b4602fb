import type { BlockedBy, WafAction } from '../../../model/evidence.js';
import { at, isTree, text } from '../../../util/json-tree.js';
import type { AclRuleFacts } from '../acl-knowledge.js';
import type { AwsHit, AwsRecord } from '../log-record.js';
import { defaultAction, groupName, ruleInGroup } from '../rule-names.js';
import { demandOf, isRefusal } from './decision.js';
import { labelsIn } from './full-record.js';
import { type RequestKeys, shownRequest } from './logged-request.js';
import { hitsOf } from './match-details.js';
import { timeOf } from './record-time.js';
import { kindOfRefusal } from './rule-kinds.js';

const keys: RequestKeys = {
  method: 'Method',
  uri: 'URI',
  client: 'ClientIP',
  headers: 'Headers',
  name: 'Name',
  value: 'Value',
};

/** The rule of a web ACL whose metric was asked for: an item of GetSampledRequests does not name it. */
export interface SampledRule {
  /** As in the web ACL, or `Default_Action`. */
  readonly name: string;
  readonly ofClient?: AclRuleFacts['ofClient'];
}

/** Whether a value is an item of GetSampledRequests. */
export function isSampledRequest(value: unknown): boolean {
  return isTree(at(value, 'Request')) && typeof at(value, 'Action') === 'string';
}

/** An item of GetSampledRequests; nothing where it does not tell what was done with the request. */
export function readSampledRequest(value: unknown, asked?: SampledRule): AwsRecord | undefined {
  const action = text(at(value, 'Action')).toUpperCase();
  const decided = actionOf(action);
  if (decided === undefined) return undefined;
  const rule = ruleOf(value, asked);
  const status = at(value, 'ResponseCodeSent');
  const time = timeOf(at(value, 'Timestamp'));
  return {
    origin: 'sample',
    action: decided,
    ...(decided === 'blocked' && { blockedBy: { ...rule.refuser(action), ...demandOf(action) } }),
    hits: hitsIn(rule.ruleId, action),
    ...shownRequest(at(value, 'Request'), keys),
    ...(time !== undefined && { at: time }),
    ...(typeof status === 'number' && { status }),
    labels: labelsIn(at(value, 'Labels'), 'Name'),
    waf: { kind: 'aws' },
  };
}

/** A rule that counts shows the requests that it counted, whatever became of them: they passed it. */
function actionOf(action: string): WafAction | undefined {
  if (isRefusal(action)) return 'blocked';
  return ['ALLOW', 'COUNT', 'EXCLUDED_AS_COUNT'].includes(action) ? 'passed' : undefined;
}

interface SampledIn {
  readonly ruleId?: string;
  refuser(action: string): BlockedBy;
}

function ruleOf(value: unknown, asked: SampledRule | undefined): SampledIn {
  const within = text(at(value, 'RuleNameWithinRuleGroup')).slice(0, 500);
  const end = within.lastIndexOf('#');
  if (end < 0) return ownRule(asked);
  const group = groupName(within.slice(0, end));
  const ruleId = ruleInGroup(group, within.slice(end + 1));
  const { name, isManaged } = group;
  return { ruleId, refuser: (action) => ({ ...kindOfRefusal({ action, group: name, isManaged }), ruleId }) };
}

function ownRule(asked: SampledRule | undefined): SampledIn {
  if (asked === undefined) return { refuser: (action) => kindOfRefusal({ action }) };
  const { name: ruleId, ofClient } = asked;
  if (ruleId === defaultAction) return { ruleId, refuser: () => ({ kind: 'default-action', ruleId }) };
  return { ruleId, refuser: (action) => ({ ...kindOfRefusal({ action, ofClient }), ruleId }) };
}

function hitsIn(ruleId: string | undefined, action: string): readonly AwsHit[] {
  if (ruleId === undefined || action === 'ALLOW') return [];
  return hitsOf({ ruleId, ...(isRefusal(action) ? demandOf(action) : { counted: true }) }, undefined);
}
