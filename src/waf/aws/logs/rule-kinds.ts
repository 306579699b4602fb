import type { BlockedBy } from '../../../model/evidence.js';

type ClientKind = 'ip' | 'bot' | 'rate';

/** Groups that look at who sends and how often, by what their names have in them. */
const clientGroups: readonly (readonly [RegExp, ClientKind])[] = [
  [/IpReputation|AnonymousIp/i, 'ip'],
  [/BotControl|ATPRuleSet|ACFPRuleSet/i, 'bot'],
  [/AntiDDoS|^ShieldMitigationRuleGroup/i, 'rate'],
];

/** What a group of rules looks at, where that is the client and not the content of requests. */
function clientKindOf(group: string): ClientKind | undefined {
  return clientGroups.find(([pattern]) => pattern.test(group))?.[1];
}

/** A rule that refused, as far as it tells what it refuses for. */
export interface Refusing {
  /** As the record spells it: `BLOCK`, `CAPTCHA`, `CHALLENGE`. */
  readonly action: string;
  /** The group that it is in. */
  readonly group?: string;
  readonly isManaged?: boolean;
  /** What it is known to look at, where its group does not tell. */
  readonly ofClient?: ClientKind | 'geo' | undefined;
}

/** What a rule refuses for. */
export function kindOfRefusal({
  action,
  group = '',
  isManaged,
  ofClient: known,
}: Refusing): Pick<BlockedBy, 'kind' | 'ofClient'> {
  const client = known ?? clientKindOf(group);
  const flag = client === undefined ? {} : ({ ofClient: true } as const);
  if (action === 'CAPTCHA') return { kind: 'captcha', ...flag };
  if (action === 'CHALLENGE') return { kind: 'challenge', ...flag };
  return { kind: client ?? (isManaged === true ? 'managed-rule' : 'rule'), ...flag };
}
