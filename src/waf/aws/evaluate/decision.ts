import type { Pair } from '../../../model/request.js';
import type { CustomResponse } from '../acl/rule-action.js';
import type { Undecided } from './outcome.js';

/** What ends the evaluation of a request. */
export type FinalAction = 'allow' | 'block' | 'captcha' | 'challenge';

export const finalActions: readonly FinalAction[] = ['allow', 'block', 'captcha', 'challenge'];

/** What ended the evaluation. */
export interface RuleEnding {
  readonly action: FinalAction;
  /** As logs spell it: `rule`, `group#rule`, `AWS#group#rule`, `Default_Action`; absent where a rule is not known. */
  readonly rule?: string;
  readonly response?: CustomResponse;
  /** The rule whose documented criterion holds, where an earlier one that is not published may have acted instead. */
  readonly likelyRule?: string;
}

/** A rule that may have ended the evaluation before, and what could not be decided of it. */
export interface PossibleEnding {
  readonly rule: string;
  readonly actions: readonly FinalAction[];
  readonly undecided: Undecided;
}

/** What a web ACL does with a request, as far as it could be decided. */
export interface Decided {
  /** Absent where it could not be decided. */
  readonly action?: FinalAction;
  /** Whether the client is refused, or asked for a token; absent where it could not be decided. */
  readonly isRefused?: boolean;
  /** Absent where the action is decided and its rule is not. */
  readonly rule?: string;
  readonly likelyRule?: string;
  readonly response?: CustomResponse;
}

/** What ended the evaluation, and in which rule of the web ACL: one of its own, or the reference to a group. */
export interface AclEnding {
  readonly ending: RuleEnding;
  /** `Default_Action` where no rule ended it. */
  readonly aclRule: string;
}

/** A decision, and what stands behind it. */
export interface AclAnswer extends Decided {
  /** What ends it where nothing matches that is not decided. */
  readonly presumed: AclEnding;
  /** What ended groups of which the web ACL only counts what they come to. */
  readonly endedInVain: readonly AclEnding[];
  /** What is done while no rate is above its limit. */
  readonly belowRates: Decided;
  /** Rules that matched and counted, in the order in which they were evaluated. */
  readonly counted: readonly string[];
  /** Labels that the request has got, where none of `undecided` and `environment` ended the evaluation before. */
  readonly labels: readonly string[];
  readonly insertedHeaders: readonly Pair[];
  /** Rules that were not decided and could have ended the evaluation earlier, in order. */
  readonly undecided: readonly PossibleEnding[];
  /** Rules that depend on the traffic and not on the request. */
  readonly environment: readonly PossibleEnding[];
}

/** What is decided, given what ended the evaluation and what may have done so before. */
export function decide(ending: RuleEnding, possible: readonly PossibleEnding[]): Decided {
  const actions = new Set(possible.flatMap((one) => one.actions));
  actions.add(ending.action);
  const refusals = new Set([...actions].map((action) => action !== 'allow'));
  const isRefused = refusals.size === 1 ? refusals.has(true) : undefined;
  if (actions.size > 1) return isRefused === undefined ? {} : { isRefused };
  const { rule, ...rest } = ending;
  return possible.length === 0
    ? { ...rest, ...(rule !== undefined && { rule }), isRefused: ending.action !== 'allow' }
    : { action: ending.action, isRefused: ending.action !== 'allow', ...likely(ending) };
}

function likely({ likelyRule }: RuleEnding): Pick<RuleEnding, 'likelyRule'> {
  return likelyRule === undefined ? {} : { likelyRule };
}
