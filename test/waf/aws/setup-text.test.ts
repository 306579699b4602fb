import { expect, test } from 'vitest';
import { readAwsAnswer } from '../../../src/waf/aws/answers/read-answer.js';
import { awsSetupText } from '../../../src/waf/aws/setup-text.js';

/** The values of JSON in a text between comments. */
function documents(text: string): readonly unknown[] {
  return [...text.matchAll(/^\{\n[\s\S]*?^\}$/gm)].map(([json]) => JSON.parse(json));
}

test('the web ACL that is printed answers with headers that name the rule, and these are read', () => {
  const [override, own, byLabel, ...others] = documents(awsSetupText());
  expect(others).toEqual([]);
  expect(override).toMatchObject({ Name: 'GenericLFI_BODY', ActionToUse: { Block: { CustomResponse: {} } } });
  const headers = JSON.stringify([override, own, byLabel]).matchAll(/\{"Name":"(x-[^"]+)","Value":"([^"]+)"\}/g);
  const readings = [...headers].map(([, name = '', value = '']) => {
    const shown = value.replace(/\$\{[^}]*\}/, 'GenericLFI_Body');
    const outcome = { kind: 'answered', status: 403, headers: [[name, shown]], bodyExcerpt: '' } as const;
    const reading = readAwsAnswer({ correlationId: 'w7-a', outcome, durationMs: 1 });
    return reading?.kind === 'own' ? [reading.record.blockedBy?.ruleId, reading.record.labels] : reading;
  });
  expect(readings).toEqual([
    ['AWS#AWSManagedRulesCommonRuleSet#GenericLFI_BODY', []],
    ['NAME_OF_THE_RULE', []],
    [undefined, ['awswaf:managed:aws:core-rule-set:GenericLFI_Body']],
  ]);
});
