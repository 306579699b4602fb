import type { Waf } from '../../contract/waf.js';
import { awsAdvice } from './doctor/advice.js';
import { awsPolicySetup } from './doctor/policy.js';
import { awsWhySilent } from './doctor/why-silent.js';
import { awsFacts } from './facts.js';
import { awsFieldNames } from './field-names.js';
import { awsHistory } from './history.js';
import { awsLabs } from './lab/labs.js';
import type { AwsRecord } from './log-record.js';
import { awsNextSteps } from './next-steps.js';
import { openAws } from './session.js';
import { awsSetupText } from './setup-text.js';

/** AWS WAF (WAFv2), before a load balancer, a CloudFront distribution or an API. */
export const aws: Waf<AwsRecord> = {
  kind: 'aws',
  name: 'AWS WAF',
  fields: awsFieldNames,
  facts: awsFacts,
  open: openAws,
  history: awsHistory,
  whySilent: awsWhySilent,
  checks: [],
  gatherChecks: async (target) => (await import('./doctor/gather-checks.js')).gatherTargetChecks(target),
  advice: awsAdvice,
  startEngine: async (options) => (await import('./engine.js')).startAclEngine(options),
  openProver: async (options, report) => (await import('./prover/prover.js')).openAclProver(options, report),
  audit: async (job) => (await import('./lint/audit-acl.js')).auditAcl(job),
  tuneWith: '--acl web-acl.json',
  labs: awsLabs,
  probeKnowledge: async (waf, engine) => (await import('./probe-knowledge.js')).awsProbeKnowledge(waf, engine),
  setups: [{ server: 'aws', text: awsSetupText }, awsPolicySetup],
  explainRules: async (ruleIds) => (await import('./explain-rules.js')).explainAwsRules(ruleIds),
  nextSteps: awsNextSteps,
};
