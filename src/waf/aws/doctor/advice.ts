import type { DoctorAdvice } from '../../../contract/check.js';

/** Where what is to do is written in full. */
const printSetup = '"wafproof doctor --print-setup aws" prints the set-up';

export const awsAdvice: DoctorAdvice = {
  logEveryRequest: `take the logging filter away, or have it keep requests with the action ALLOW too; ${printSetup}`,
  logCorrelationId: `take X-Wafproof-Id out of RedactedFields of the logging configuration and out of the data protection of the web ACL; ${printSetup}`,
  logRequests: ({ logGrows, waitMs }) =>
    logGrows
      ? `check that it is the log of the web ACL before this host, and that no filter or redaction hides requests with X-Wafproof-Id; ${printSetup}`
      : `check that the web ACL of this host has a logging configuration, that the log is its log, and that records arrive within ${waitMs} ms (logWait in the config); ${printSetup}`,
  loadRules:
    'add AWSManagedRulesCommonRuleSet and AWSManagedRulesSQLiRuleSet to the web ACL, and associate it with the load balancer, distribution or stage of this host',
  refuseMatched: 'have the rules that only count block: take away the override to Count of the group and of its rules',
  raiseBodyLimit:
    'raise the body inspection limit of the web ACL (AssociationConfig), or have SizeRestrictions_BODY count and block by its label elsewhere',
  raiseRuleLimits:
    'have SizeRestrictions_BODY count for this path, and block by its label elsewhere: it refuses every body over 8,192 bytes, whatever the inspection limit is',
};
