import type { Form, HitPlace } from '../../../contract/prover.js';
import { formatVariable, type RuleHit, type Variable } from '../../../model/evidence.js';
import { encodeRequest } from '../../../request/encode-request.js';
import { tellsRanOut } from '../logs/parser-reason.js';
import { requestVariables } from '../request-variables.js';
import { internalErrorRule } from '../rule-ids.js';
import { limitForms } from './body-forms.js';
import { type FormSources, formsOf } from './forms.js';

/** Whether the hit is of a rule that the engine could not finish, or of the one that refuses requests for that. */
export function isUnfinishedHit({ ruleId, reason }: RuleHit): boolean {
  return tellsRanOut(reason) || (ruleId === internalErrorRule && reason === undefined);
}

/**
 * Steps that regular expressions are given: as many as Debian's configuration gives them, and the Core Rule Set's project for
 * long texts. What takes more would keep a server busy.
 */
const limits = [100_000, 500_000];

/** Variables that are tried one by one, the longest first. */
const mostAlone = 3;

/**
 * The forms for a rule that was not finished: more steps for regular expressions, by which no rule looks at less; one of the
 * variables that it looks at, as no log tells which took too long; all of them; and the rule at the endpoint. For the rule
 * that refuses, the limit alone: what others cannot finish must not pass unseen.
 */
export function unfinishedForms(hit: RuleHit, place: HitPlace, sources: FormSources): readonly Form[] {
  const raised = limits.flatMap((value) => limitForms({ effect: 'raise-limit', limit: 'matching', value }, place));
  if (hit.ruleId === internalErrorRule) return raised;
  const alone =
    hit.variableSource === 'unknown' ? longestFirst(sources.eligible(hit.ruleId, place.request), place) : [];
  const each = alone.slice(0, mostAlone).flatMap((variable) => atEndpoint({ ...hit, variable }, place, sources));
  return [...raised, ...each, ...formsOf(hit, place, sources)];
}

function atEndpoint(hit: RuleHit, place: HitPlace, sources: FormSources): readonly Form[] {
  return formsOf({ ...hit, variableSource: 'recovered', alternatives: [] }, place, sources).slice(0, 1);
}

/** Of variables with one name the longest value counts. */
function longestFirst(variables: readonly Variable[], { request }: HitPlace): readonly Variable[] {
  const lengths = new Map<string, number>();
  for (const { variable, length } of requestVariables(encodeRequest(request))) {
    const name = formatVariable(variable);
    lengths.set(name, Math.max(length, lengths.get(name) ?? 0));
  }
  const lengthOf = (variable: Variable) => lengths.get(formatVariable(variable)) ?? 0;
  return variables.toSorted((a, b) => lengthOf(b) - lengthOf(a));
}
