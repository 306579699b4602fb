import type { DoctorAdvice } from '../../../contract/check.js';

/** Where what is to do is written in full. */
export const printSetup = '"wafproof doctor --print-setup" prints the configuration';

export const advice: DoctorAdvice = {
  logEveryRequest: `add the marker rule, which makes every request of a run matched; ${printSetup}`,
  logCorrelationId: `add the marker rule; ${printSetup}`,
  logRequests: ({ logGrows, waitMs }) =>
    logGrows
      ? `check that it is the log of this host, and that it records X-Wafproof-Id (SecAuditLogParts with B and H); ${printSetup}`
      : `check that it is the log of this target, that SecRuleEngine is not Off, that SecAuditEngine is not Off, and that entries arrive within ${waitMs} ms (logWait in the config); ${printSetup}`,
  loadRules: 'load the Core Rule Set after the engine configuration, and reload the server',
  refuseMatched: 'lower the inbound anomaly threshold to 5',
  raiseBodyLimit: 'raise SecRequestBodyLimit and SecRequestBodyNoFilesLimit',
  raiseRuleLimits:
    'raise the limits of the rule set: tx.arg_length, tx.total_arg_length, tx.max_file_size and tx.combined_file_sizes',
};
