import { formatVariable, type RuleId, type Variable } from '../../../model/evidence.js';
import type { RequestSpec } from '../../../model/request.js';
import { encodeRequest } from '../../../request/encode-request.js';
import { requestVariables } from '../request-variables.js';
import type { RuleCatalog } from '../rule-catalog.js';

/** With more of them nobody can say which is meant. */
const most = 24;

/**
 * The named variables of a request that a rule looks at: one of them fired it where its log line names none, as that of
 * rule 932200 of CRS 3.3. Nothing where there are too many, or the rule is not known.
 */
export function eligibleVariables(ruleId: RuleId, request: RequestSpec, catalog: RuleCatalog): readonly Variable[] {
  const collections = typeof ruleId === 'number' ? (catalog.get(ruleId)?.collections ?? []) : [];
  const named = requestVariables(encodeRequest(request))
    .map(({ variable }) => variable)
    .filter(({ collection, key }) => key !== undefined && collections.includes(collection));
  const different = [...new Map(named.map((one) => [formatVariable(one), one])).values()];
  return different.length > most ? [] : different;
}
