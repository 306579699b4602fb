import type { Pair } from '../../../../model/request.js';
import type { InspectedRequest } from '../inspected-request.js';
import { isSelected, oversizeOutcome, type PairsField, scoped } from './header-texts.js';
import type { EitherTexts, Inspected } from './texts.js';

const bare = 'a cookie has no value, and AWS does not say whether its name is one';
const beyond = 'the cookies are longer than is inspected, and AWS does not say how their length is counted';

/** Names and values of cookies. Names are told apart by case. */
export function cookieTexts(request: InspectedRequest, field: PairsField): Inspected {
  const { cookies } = request;
  const oversize = oversizeOutcome(cookies.isOversize, field.oversize, 'the cookies');
  if (oversize !== undefined) return oversize;
  const sure: string[] = [];
  const either: EitherTexts[] = [];
  for (const pair of cookies.sure) {
    if (pair[1] === '') either.push(bareReadings(pair, field));
    else sure.push(...textsOf(pair, field));
  }
  const maybe = cookies.maybe.flatMap((pair) => textsOf(pair, field));
  return { sure, either, maybe, why: maybe.length > 0 ? beyond : bare };
}

function textsOf(pair: Pair, { pattern, scope }: PairsField): readonly string[] {
  return isSelected(pair[0], pattern) ? scoped(pair, scope) : [];
}

/** `name` may be a name without a value, or a value without a name. */
function bareReadings([name]: Pair, field: PairsField): EitherTexts {
  return [
    textsOf([name, ''], field),
    textsOf(['', name], field),
    field.scope === 'KEY' ? textsOf([name, ''], field) : [],
  ];
}
