import type { FindManagedGroup } from '../../../../src/waf/aws/evaluate/managed-facts.js';

export const publishedGroup: FindManagedGroup = (_vendor, name) =>
  name === 'AWSManagedRulesCommonRuleSet'
    ? {
        labelNamespace: 'awswaf:managed:aws:core-rule-set:',
        rules: [
          { name: 'NoUserAgent_HEADER', label: 'awswaf:managed:aws:core-rule-set:NoUserAgent_Header', action: 'block' },
          {
            name: 'SizeRestrictions_BODY',
            label: 'awswaf:managed:aws:core-rule-set:SizeRestrictions_Body',
            action: 'block',
          },
          { name: 'GenericLFI_BODY', label: 'awswaf:managed:aws:core-rule-set:GenericLFI_Body', action: 'block' },
        ],
      }
    : undefined;
