import type { RuleId } from '../../model/evidence.js';
import type { RuleExplanation } from '../../model/rule-explanation.js';
import { findManagedGroup, findManagedRule } from './managed/managed-groups.js';
import type { InspectedPart, ManagedRule } from './managed/managed-rule.js';
import { ruleMessage } from './rule-messages.js';

const documentation = 'https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html';

/** What rules of AWS's own groups look for, as its developer guide says; nothing of rules that are not public. */
export async function explainAwsRules(ruleIds: readonly RuleId[]): Promise<readonly RuleExplanation[]> {
  return ruleIds.flatMap((ruleId) => {
    const [vendor = '', groupName = '', ruleName = ''] = String(ruleId).split('#');
    const group = findManagedGroup(vendor, groupName);
    const rule = group === undefined ? undefined : findManagedRule(group, ruleName);
    const sentence = rule === undefined ? undefined : sentenceOf(rule, ruleMessage(String(ruleId)));
    if (sentence === undefined) return [];
    const source = { url: documentation, text: `${groupName} in the developer guide of AWS WAF` };
    return [{ ruleId, sentence, source }];
  });
}

function sentenceOf({ inspects, criterion }: ManagedRule, message: string): string | undefined {
  const place = places[inspects];
  switch (criterion?.kind) {
    case 'longer-than':
      return `It matches where ${place} is longer than ${criterion.bytes} bytes.`;
    case 'missing':
      return `It matches where ${place} is missing.`;
    case 'equals':
      return `It matches where ${place} is ${criterion.value}.`;
    case undefined:
      return message === '' ? undefined : `It looks in ${place} for this: ${message}. Its pattern is not public.`;
  }
}

const places: Readonly<Record<InspectedPart, string>> = {
  'user-agent': 'the header User-Agent',
  host: 'the header Host',
  headers: 'the headers',
  cookies: 'the cookies',
  'cookie-header': 'the header Cookie',
  'query-string': 'the query',
  'query-arguments': 'the values of the query',
  'uri-path': 'the path',
  body: 'the body',
  method: 'the method',
  address: 'the address of the client',
  client: 'what the client is',
  account: 'what is sent to log in or to sign up',
};
