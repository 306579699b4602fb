import { correlationHeader } from '../../model/correlation.js';
import { labelHeader, ruleHeader } from './answers/named-response.js';

/** What `doctor --print-setup aws` prints: commented JSON of the WAFv2 API and commands of the AWS CLI. */
export function awsSetupText(): string {
  return `${parts.map(({ title, text }) => `# ===== AWS WAF: ${title} =====\n\n${text.trim()}\n`).join('\n')}`;
}

const parts: readonly { readonly title: string; readonly text: string }[] = [
  {
    title: 'logging configuration of the web ACL',
    text: `
# Logs every request, with all of its headers: no filter, and ${correlationHeader} in no RedactedFields.
# The log group's name must begin with aws-waf-logs-. CLOUDFRONT web ACLs need a group in us-east-1.
aws logs create-log-group --log-group-name aws-waf-logs-staging
aws wafv2 put-logging-configuration --logging-configuration '{
  "ResourceArn": "ARN_OF_THE_WEB_ACL",
  "LogDestinationConfigs": ["arn:aws:logs:REGION:ACCOUNT:log-group:aws-waf-logs-staging"]
}'

# In wafproof.config.yaml:
#   waf: { kind: aws, webAcl: ARN_OF_THE_WEB_ACL, logs: { cloudwatch: aws-waf-logs-staging } }
#   waf: { kind: aws, logs: { command: aws logs tail aws-waf-logs-staging --follow --since 1m } }
#   waf: { kind: aws, logs: { file: waf.log } }

# Samples need SampledRequestsEnabled in the VisibilityConfig of the web ACL and of each rule.`,
  },
  {
    title: 'a staging web ACL whose answers name the rule, rule by rule',
    text: `
# An answer that names its rule needs no log and no waiting. For a rule of a managed group, in RuleActionOverrides; with the
# name of the rule in the header. It is for staging: it tells clients which rule refused them.
${JSON.stringify(overrideOf('AWSManagedRulesCommonRuleSet', 'GenericLFI_BODY'), undefined, 2)}

# For a rule of your own, in its Action:
${JSON.stringify(blockWith('NAME_OF_THE_RULE'), undefined, 2)}`,
  },
  {
    title: 'the same by labels, where the web ACL has label interpolation',
    text: `
# The group counts, and this rule after it blocks whatever got a label of the group; \${…} becomes those labels. One rule for
# each group. The action of the group's reference is "OverrideAction": { "Count": {} }.
${JSON.stringify(blockByLabel(), undefined, 2)}`,
  },
];

function overrideOf(group: string, rule: string) {
  return { Name: rule, ActionToUse: blockWith(`AWS#${group}#${rule}`) };
}

function blockWith(rule: string) {
  return { Block: { CustomResponse: { ResponseCode: 403, ResponseHeaders: [{ Name: ruleHeader, Value: rule }] } } };
}

function blockByLabel() {
  const namespace = 'awswaf:managed:aws:core-rule-set:';
  return {
    Name: 'name-core-rule-set',
    Priority: 11,
    Statement: { LabelMatchStatement: { Scope: 'NAMESPACE', Key: namespace } },
    Action: {
      Block: {
        CustomResponse: {
          ResponseCode: 403,
          ResponseHeaders: [{ Name: labelHeader, Value: `${namespace}\${${namespace}}` }],
        },
      },
    },
    VisibilityConfig: {
      SampledRequestsEnabled: true,
      CloudWatchMetricsEnabled: true,
      MetricName: 'name-core-rule-set',
    },
  };
}
