import type { Dialect } from '../../../contract/dialect.js';
import type { Possibilities } from '../../../contract/prover.js';
import type { EngineOptions } from '../../../model/options.js';
import type { RequestSpec } from '../../../model/request.js';
import { neededSetting, readCrsSettings } from '../crs-settings.js';
import { lazyCatalog } from '../rule-catalog.js';
import { opensMore, untouchable } from '../rule-ids.js';
import { crsFolder } from '../rule-plan.js';
import { eligibleVariables } from './eligible-variables.js';
import { type FormSources, formsOf } from './forms.js';

/**
 * What may be excluded of a Core Rule Set.
 * @param hasJsonNames whether arguments of a request have the names that libmodsecurity 3 gives to those from JSON
 */
export function possibilities(
  dialect: Dialect,
  engine: EngineOptions,
  hasJsonNames?: (request: RequestSpec) => boolean,
): Possibilities {
  const catalog = lazyCatalog(crsFolder(engine));
  const current = readCrsSettings({ ...engine, mode: 'block' });
  const sources: FormSources = {
    eligible: (ruleId, request) => eligibleVariables(ruleId, request, catalog()),
    settingFor: (ruleId, requests) => neededSetting(ruleId, requests, current),
    ...(hasJsonNames !== undefined && { hasJsonNames }),
  };
  return {
    forms: (hit, place) => formsOf(hit, place, sources),
    obstacle: (exclusion) => dialect.obstacle(exclusion),
    untouchable,
    opensMore,
  };
}
