import type { Dialect } from '../../../contract/dialect.js';
import type { Possibilities } from '../../../contract/prover.js';
import type { EngineOptions } from '../../../model/options.js';
import type { RequestSpec } from '../../../model/request.js';
import { neededSetting, readCrsSettings } from '../crs-settings.js';
import { lazyCatalog } from '../rule-catalog.js';
import { untouchable } from '../rule-ids.js';
import { crsFolder } from '../rule-plan.js';
import { bodyForms } from './body-forms.js';
import { eligibleVariables } from './eligible-variables.js';
import { type FormSources, formsOf } from './forms.js';
import { isUnfinishedHit, unfinishedForms } from './unfinished-forms.js';

/** What possibilities depend on, beside dialect and rules. */
export interface PossibilityOptions {
  /** Whether arguments of a request have the names that libmodsecurity 3 gives to those from JSON. */
  readonly hasJsonNames?: (request: RequestSpec) => boolean;
  /** Bodies that cannot be read may be let through unseen. */
  readonly allowUnreadBodies?: boolean | undefined;
}

/**
 * What may be excluded of a Core Rule Set.
 */
export function possibilities(
  dialect: Dialect,
  engine: EngineOptions,
  { hasJsonNames, allowUnreadBodies = false }: PossibilityOptions = {},
): Possibilities {
  const catalog = lazyCatalog(crsFolder(engine));
  const current = readCrsSettings({ ...engine, mode: 'block' });
  const sources: FormSources = {
    eligible: (ruleId, request) => eligibleVariables(ruleId, request, catalog()),
    settingFor: (ruleId, requests) => neededSetting(ruleId, requests, current),
    ...(hasJsonNames !== undefined && { hasJsonNames }),
  };
  return {
    forms: (hit, place) => {
      const others = () => formsOf(hit, place, sources);
      if (isUnfinishedHit(hit)) return unfinishedForms(hit, place, sources);
      return bodyForms(hit, place, { allowUnread: allowUnreadBodies, others }) ?? others();
    },
    obstacle: (exclusion) => dialect.obstacle(exclusion),
    untouchable,
  };
}
