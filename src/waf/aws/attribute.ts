import type { Evidence, RuleHit, Variable } from '../../model/evidence.js';
import type { WireRequest } from '../../model/request.js';
import type { AwsHit, AwsRecord } from './log-record.js';
import { findMatched } from './matched-place.js';
import { ruleMessage } from './rule-messages.js';

/**
 * Evidence from a record of AWS WAF. It never tells which field of a body matched; of query arguments, headers and cookies,
 * the request tells where the text that matched stands.
 * @param request what was sent; absent where only the log is there
 */
export function attributeAws(record: AwsRecord, request?: WireRequest): Evidence {
  const { action, blockedBy, status, labels, hits } = record;
  return {
    action,
    ...(blockedBy !== undefined && { blockedBy }),
    ...(status !== undefined && { status }),
    hits: hits.map((hit) => toHit(hit, request)),
    ...(labels.length > 0 && { labels }),
  };
}

function toHit({ isUnplaced, ...hit }: AwsHit, request: WireRequest | undefined): RuleHit {
  const message = hit.message === '' ? ruleMessage(`${hit.ruleId}`) : hit.message;
  return { ...hit, message, ...placeOf(hit, isUnplaced, request) };
}

type Placed = Pick<RuleHit, 'variable' | 'variableSource' | 'candidates'>;

const nowhere: Variable = { collection: 'UNKNOWN' };

function placeOf(
  { variable, matched }: Pick<AwsHit, 'variable' | 'matched'>,
  isUnplaced: true | undefined,
  request: WireRequest | undefined,
): Placed {
  if (variable === undefined) return { variable: nowhere, variableSource: 'unknown' };
  if (isUnplaced) {
    const hasBody = request === undefined || request.body.length > 0;
    return { variable: hasBody ? variable : nowhere, variableSource: 'unknown' };
  }
  const found = request === undefined || matched === undefined ? [] : findMatched(variable, matched, request);
  const [only, ...others] = found;
  if (only === undefined) return { variable, variableSource: 'logged' };
  if (others.length === 0) return { variable: only, variableSource: 'recovered' };
  return { variable, variableSource: 'ambiguous', candidates: found };
}
