import type { Case } from '../../model/case.js';
import { fail, type WafproofError } from '../../model/error.js';
import type { FilledValue } from './apply-session.js';

/**
 * What the tokens of a case stand for; `byToken` has what was found for one of them alone.
 * @throws WafproofError `SESSION_FAILED` where the session has no such value
 */
export function filledValues(
  one: Case,
  values: ReadonlyMap<string, string>,
  byToken: ReadonlyMap<string, string> = values,
): readonly FilledValue[] {
  return one.sessionValues.map(({ name, token }) => {
    const value = byToken.get(token) ?? values.get(name);
    if (value === undefined) throw noSuchValue(name, one);
    return { token, value };
  });
}

function noSuchValue(name: string, { at }: Case): WafproofError {
  return fail(
    'SESSION_FAILED',
    { reason: `!session ${name} is used, and the target has no such value` },
    { place: at },
  );
}
