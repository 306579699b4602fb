import type { ServerSetup } from '../../../contract/waf.js';

/** What Wafproof asks of AWS: it reads, and changes nothing. */
const reads = {
  waf: [
    'wafv2:GetWebACL',
    'wafv2:ListResourcesForWebACL',
    'wafv2:GetRuleGroup',
    'wafv2:GetIPSet',
    'wafv2:GetRegexPatternSet',
    'wafv2:GetLoggingConfiguration',
    'wafv2:GetSampledRequests',
    'wafv2:DescribeManagedRuleGroup',
    'wafv2:ListAvailableManagedRuleGroupVersions',
    'wafv2:CheckCapacity',
  ],
  logs: ['logs:FilterLogEvents'],
  files: ['s3:ListBucket', 's3:GetObject'],
};

/** The smallest IAM policy with which all of Wafproof works. Logs of AWS WAF have names that begin with `aws-waf-logs-`. */
function readOnlyPolicy(): string {
  const allow = (Action: readonly string[], Resource: readonly string[]) => ({ Effect: 'Allow', Action, Resource });
  const Statement = [
    allow(reads.waf, ['*']),
    allow(reads.logs, ['arn:aws:logs:*:*:log-group:aws-waf-logs-*']),
    allow(reads.files, ['arn:aws:s3:::aws-waf-logs-*', 'arn:aws:s3:::aws-waf-logs-*/*']),
  ];
  return `${JSON.stringify({ Version: '2012-10-17', Statement }, null, 2)}\n`;
}

/** What `doctor --print-setup aws-policy` prints. */
export const awsPolicySetup: ServerSetup = { server: 'aws-policy', text: readOnlyPolicy };
