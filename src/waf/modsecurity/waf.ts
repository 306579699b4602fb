import type { Waf } from '../../contract/waf.js';
import { advice } from './doctor/advice.js';
import { checks } from './doctor/checks.js';
import { whySilent } from './doctor/why-silent.js';
import { facts } from './facts.js';
import { modsecurityFieldNames } from './field-names.js';
import { history } from './history.js';
import { labs } from './lab/labs.js';
import type { ModsecurityRecord } from './log-record.js';
import { tuningSteps } from './next-steps.js';
import { open } from './session.js';
import { setups } from './setup-advice.js';
import { startEvaluator } from './start-engine.js';

/** ModSecurity 2, libmodsecurity 3 and Coraza, with the Core Rule Set or rules of one's own. */
export const modsecurity: Waf<ModsecurityRecord> = {
  kind: 'modsecurity',
  name: 'ModSecurity',
  fields: modsecurityFieldNames,
  facts,
  open,
  history,
  readTraffic: async (log) => (await import('./logs/read-traffic.js')).readTraffic(log),
  whySilent,
  checks,
  advice,
  startEngine: startEvaluator,
  openSweep: async (...words) => (await import('./sweep/open-sweep.js')).openSweep(...words),
  labs,
  setups,
  openProver: async (options, report) => (await import('./prover/prover.js')).openProver(options, report),
  audit: async (job) => (await import('./audit/audit-exclusions.js')).auditExclusions(job),
  explainRules: async (...words) => (await import('./explain/explain-rules.js')).explainRules(...words),
  nextSteps: tuningSteps,
};
