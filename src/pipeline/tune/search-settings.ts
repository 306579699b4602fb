import type { Dialect } from '../../contract/dialect.js';
import type { Exclusion } from '../../model/exclusion.js';
import { neededSetting, readCrsSettings } from '../../waf/modsecurity/crs-settings.js';
import { trialRules } from '../../waf/modsecurity/dialects/trial.js';
import { eligibleVariables } from '../../waf/modsecurity/eligible-variables.js';
import { hasJsonBody, isArgument } from '../../waf/modsecurity/json-body.js';
import { opensMore, untouchable } from '../../waf/modsecurity/rule-ids.js';
import { crsFolder } from '../../waf/modsecurity/rule-plan.js';
import { lazyCatalog } from '../start-engine.js';
import { evaluateAll } from './evaluate-all.js';
import type { SearchSettings } from './find-exclusions.js';
import type { Ground } from './ground.js';

/** A search that asks the embedded engine, for exclusions that a dialect can express. */
export function searchSettings(dialect: Dialect, { workshop, endpointOf }: Ground): SearchSettings {
  const catalog = lazyCatalog(crsFolder(workshop.engine));
  const current = readCrsSettings({ ...workshop.engine, mode: 'block' });
  return {
    endpointOf,
    possible: { obstacle: (exclusion: Exclusion) => dialect.obstacle(exclusion), untouchable, opensMore, isArgument },
    hasJsonNames: hasJsonBody,
    eligible: (ruleId, request) => eligibleVariables(ruleId, request, catalog()),
    settingFor: (ruleId, requests) => neededSetting(ruleId, requests, current),
    ask: (exclusions, cases) =>
      workshop.with(trialRules(exclusions, workshop.firstId), (bench) =>
        evaluateAll(cases, async (one) => ({ ...one, hits: (await bench.evaluate(one.request)).hits })),
      ),
  };
}
