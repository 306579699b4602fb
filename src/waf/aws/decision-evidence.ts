import type { BlockedBy, EvidenceResult, RuleHit, Variable } from '../../model/evidence.js';
import type { AclAnswer, Decided, FinalAction, PossibleEnding } from './evaluate/decision.js';
import { placeInRuleName } from './logs/place-in-name.js';
import { kindOfRefusal } from './logs/rule-kinds.js';
import { ruleMessage } from './rule-messages.js';
import { defaultAction } from './rule-names.js';

/** The usual status of each action; a rule may have its own. */
const usualStatus: Readonly<Record<FinalAction, number>> = { allow: 200, block: 403, captcha: 405, challenge: 202 };

/** What the client gets. Where only the refusal is decided, that of a block. */
export function statusOf({ action, isRefused, response }: Decided): number {
  return response?.status ?? usualStatus[action ?? (isRefused === true ? 'block' : 'allow')];
}

/**
 * What the decision on a request says of it. Rates are taken to be below their limits. A refusal whose rule is not decided
 * is one without a hit.
 * @param places what rules look at, by their names
 */
export function evidenceOf(
  { belowRates, undecided, counted }: AclAnswer,
  places: ReadonlyMap<string, Variable>,
): EvidenceResult {
  const { isRefused, rule } = belowRates;
  if (isRefused === undefined) return { kind: 'undecided', ...whyUndecided(undecided) };
  const hits = counted.map((name) => hitOf(name, places));
  if (!isRefused) return { kind: 'found', evidence: { action: 'passed', hits } };
  const refusing =
    rule === undefined || rule === defaultAction
      ? []
      : [{ ...hitOf(rule, places), ...asks(belowRates.action ?? 'block') }];
  const evidence = {
    action: 'blocked' as const,
    blockedBy: blockedBy(belowRates, undecided),
    status: statusOf(belowRates),
    hits: [...hits, ...refusing],
  };
  return { kind: 'found', evidence };
}

function blockedBy(decided: Decided, undecided: readonly PossibleEnding[]): BlockedBy {
  const { rule, action = 'block' } = decided;
  const status = statusOf(decided);
  if (rule === defaultAction) return { kind: 'default-action', status };
  const group = rule?.includes('#') === true ? rule.slice(0, rule.lastIndexOf('#')) : '';
  const kind = kindOfRefusal({ action: action.toUpperCase(), group, isManaged: group.includes('#') });
  if (rule !== undefined) return { ...kind, ruleId: rule, status, ...asks(action) };
  return { ...kind, status, reason: ruleUnknown(decided, undecided) };
}

function asks(action: FinalAction): { readonly reason?: string } {
  if (action === 'captcha') return { reason: 'the client is asked to solve a CAPTCHA' };
  return action === 'challenge' ? { reason: 'the client is asked to run a silent challenge' } : {};
}

/** It is refused either way, and any of several rules may have done so. */
function ruleUnknown({ likelyRule }: Decided, undecided: readonly PossibleEnding[]): string {
  const { what, why } = whyUndecided(undecided).by;
  const likely = likelyRule === undefined ? '' : `, likely ${likelyRule}`;
  return `it is refused in any case, and by which rule is not decided${likely}: ${what} comes first, and ${why}`;
}

function hitOf(rule: string, places: ReadonlyMap<string, Variable>): RuleHit {
  const variable = placeInRuleName(rule) ?? places.get(rule);
  return {
    ruleId: rule,
    message: ruleMessage(rule),
    tags: [],
    variable: variable ?? { collection: 'UNKNOWN' },
    variableSource: variable === undefined ? 'unknown' : 'logged',
  };
}

/** The first rule that could not be decided, and how many more there are. */
function whyUndecided(undecided: readonly PossibleEnding[]) {
  const [first, ...others] = undecided;
  if (first === undefined)
    return { reason: 'it is not decided', by: { what: 'the web ACL', why: 'it is not decided' } };
  const { rule, undecided: its } = first;
  const why = its.statement === rule ? its.why : `${its.statement}: ${its.why}`;
  const more = others.length === 0 ? '' : `; nor is ${others.map((one) => one.rule).join(', ')}`;
  return { reason: `${rule} is not decided: ${why}${more}`, by: { what: rule, why } };
}
