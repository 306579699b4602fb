import type { BlockedBy, WafAction } from '../../../model/evidence.js';
import { at, list, text } from '../../../util/json-tree.js';
import type { AclKnowledge } from '../acl-knowledge.js';
import type { AwsHit } from '../log-record.js';
import { defaultAction } from '../rule-names.js';
import { hitsOf } from './match-details.js';
import { type SeenGroup, type SeenRule, seenGroups, seenRules } from './rule-groups.js';
import { kindOfRefusal, type Refusing } from './rule-kinds.js';
import { type Ended, type Ending, endedBy } from './terminating-rule.js';

/** What a web ACL did with a request, and the rules that matched. */
export interface AclDecision {
  readonly action: WafAction;
  readonly blockedBy?: BlockedBy;
  readonly hits: readonly AwsHit[];
}

/** What the client gets in place of an answer of the application. */
const refusals = ['BLOCK', 'CAPTCHA', 'CHALLENGE', 'MONETIZE'];
const known = [...refusals, 'ALLOW'];

/** What the client was asked for, where it was not simply refused. */
const demands: Readonly<Record<string, string>> = {
  CAPTCHA: 'the client was asked to solve a CAPTCHA',
  CHALLENGE: 'the client was asked to run a silent challenge',
  MONETIZE: 'the client was asked to pay',
};

export function isRefusal(action: string): boolean {
  return refusals.includes(action);
}

export function demandOf(action: string): { readonly reason?: string } {
  const reason = Object.hasOwn(demands, action) ? demands[action] : undefined;
  return reason === undefined ? {} : { reason };
}

/**
 * What a full log says that the web ACL did. The action of the record as a whole decides, and then whose rule it was; nothing
 * where the record does not tell its action.
 * @param acl what is known of the rules of the web ACL
 */
export function decisionOf(record: unknown, acl: AclKnowledge = new Map()): AclDecision | undefined {
  const ending = endingOf(record, acl);
  if (!known.includes(ending.action)) return undefined;
  const ended = endedBy(ending);
  const counted = countedHits(ending, ended);
  if (isRefusal(ending.action)) return refused(record, { ending, ended, counted, acl });
  const next = wouldEnd(ending, ended);
  if (next === undefined) return { action: 'passed', hits: counted };
  const hits = counted.map((hit) => (hit.ruleId === next.rule.ruleId ? withoutCount(hit) : hit));
  return { action: 'would-block', blockedBy: blockedByRule(next, record), hits };
}

/** Its group counts; the rule itself refused. */
function withoutCount({ counted: _, ...hit }: AwsHit): AwsHit {
  return hit;
}

function endingOf(record: unknown, acl: AclKnowledge): Ending {
  const action = text(at(record, 'action')).toUpperCase();
  const aclRule = text(at(record, 'terminatingRuleId')).slice(0, 500);
  return {
    aclRule,
    group: acl.get(aclRule)?.group,
    type: text(at(record, 'terminatingRuleType')).toUpperCase(),
    action: action === 'BLOCK' ? askedFor(record) : action,
    groups: seenGroups(record),
    counted: seenRules(list(at(record, 'nonTerminatingMatchingRules')), (rule) => rule),
  };
}

/** Some records call a CAPTCHA or a challenge a block; the answer that was sent tells. */
function askedFor(record: unknown): string {
  const sent = at(record, 'responseCodeSent');
  if (sent === 405 && at(record, 'captchaResponse', 'responseCode') === 405) return 'CAPTCHA';
  return sent === 202 && at(record, 'challengeResponse', 'responseCode') === 202 ? 'CHALLENGE' : 'BLOCK';
}

interface Refusal {
  readonly ending: Ending;
  readonly ended: Ended;
  readonly counted: readonly AwsHit[];
  readonly acl: AclKnowledge;
}

function refused(record: unknown, { ending, ended, counted, acl }: Refusal): AclDecision {
  const status = at(record, 'responseCodeSent');
  const sent = typeof status === 'number' ? { status } : {};
  const blockedBy = { ...refuserOf(record, ending, ended, acl), ...demandOf(ending.action), ...sent };
  const { ruleId } = blockedBy;
  const details = detailsOf(record, ended);
  const own = ruleId === undefined ? [] : hitsOf({ ruleId, ...demandOf(ending.action) }, details);
  return { action: 'blocked', blockedBy, hits: [...own, ...counted] };
}

/** Details of a rule in a group stand at the record, or at the rule. */
function detailsOf(record: unknown, ended: Ended): unknown {
  const own = ended.kind === 'in-group' ? list(ended.rule.details) : [];
  return own.length > 0 ? own : at(record, 'terminatingRuleMatchDetails');
}

function refuserOf(record: unknown, { aclRule, type, action }: Ending, ended: Ended, acl: AclKnowledge): BlockedBy {
  if (ended.kind === 'in-group') return blockedByRule(ended, record);
  if (ended.kind === 'in-unknown-group')
    return { kind: type === 'GROUP' ? 'rule' : 'managed-rule', ...unnamed(aclRule) };
  if (aclRule === '') return { kind: 'rule' };
  if (aclRule === defaultAction) return { kind: 'default-action', ruleId: aclRule };
  const isRate = type === 'RATE_BASED' || (type === '' && isRateRule(record, aclRule));
  const ofClient = isRate ? 'rate' : acl.get(aclRule)?.ofClient;
  return { ...kindOfRefusal({ action, ofClient }), ruleId: aclRule };
}

function unnamed(aclRule: string): { readonly reason: string } {
  return { reason: `a rule of the group that ${aclRule} refers to; the record does not name it` };
}

type InGroup = Extract<Ended, { kind: 'in-group' }>;

function blockedByRule({ group, rule }: Omit<InGroup, 'kind'>, record: unknown): BlockedBy {
  const { name, isManaged } = group;
  const inner = rule.ruleId.slice(name.length + 1);
  const ofClient = isRateRule(record, inner) ? 'rate' : undefined;
  const refusing: Refusing = { action: rule.action, group: name, isManaged, ofClient };
  return { ...kindOfRefusal(refusing), ruleId: rule.ruleId, ...demandOf(rule.action) };
}

/** Rate rules that only counted a request are listed too: it takes the rule that ended to be one of them. */
function isRateRule(record: unknown, rule: string): boolean {
  return list(at(record, 'rateBasedRuleList'))
    .slice(0, 100)
    .some((rate) => text(at(rate, 'rateBasedRuleName')) === rule);
}

/** A group that would have refused, had the web ACL not overridden it to Count: the first one counts. */
function wouldEnd({ groups }: Ending, ended: Ended): Omit<InGroup, 'kind'> | undefined {
  const chosen = ended.kind === 'in-group' ? ended.group : undefined;
  for (const group of groups) {
    const { terminating: rule } = group;
    if (rule !== undefined && group !== chosen && isRefusal(rule.action || 'BLOCK')) return { group, rule };
  }
  return undefined;
}

/** What matched and refused nothing: rules that count, those that ended groups that count, and references to these. */
function countedHits({ groups, counted }: Ending, ended: Ended): readonly AwsHit[] {
  const chosen = ended.kind === 'in-group' ? ended.group : undefined;
  const inGroups = groups.flatMap((group) => [...group.counted, ...endedInVain(group, chosen)]);
  const details = shared(inGroups, counted);
  return [...inGroups, ...counted].flatMap((rule) =>
    hitsOf({ ruleId: rule.ruleId, counted: true }, list(rule.details).length > 0 ? rule.details : details.get(rule)),
  );
}

function endedInVain(group: SeenGroup, chosen: SeenGroup | undefined): readonly SeenRule[] {
  const { terminating } = group;
  return terminating === undefined || group === chosen || terminating.action === 'ALLOW' ? [] : [terminating];
}

/** The details of a rule in a group that counts stand at the reference to the group, where there is one only. */
function shared(inGroups: readonly SeenRule[], counted: readonly SeenRule[]): ReadonlyMap<SeenRule, unknown> {
  const ended = inGroups.filter(({ action, details }) => action !== 'COUNT' && list(details).length === 0);
  const [rule, ...others] = ended;
  const [reference, ...more] = counted.filter(({ details }) => list(details).length > 0);
  const isPlain = rule !== undefined && others.length === 0 && reference !== undefined && more.length === 0;
  return new Map(isPlain ? [[rule, reference.details]] : []);
}
