import type { LogRecord } from '../../../../src/contract/log-record.js';
import type { LogSource } from '../../../../src/contract/log-source.js';
import { aclArn } from '../sample-web-acl.js';

/** A line of a full log, of a request that a rule of the group "crs" refused. */
export function logLine(id: string, at: number): string {
  return JSON.stringify({
    timestamp: at,
    formatVersion: 1,
    webaclId: aclArn,
    terminatingRuleId: 'crs',
    terminatingRuleType: 'MANAGED_RULE_GROUP',
    action: 'BLOCK',
    httpSourceName: 'ALB',
    ruleGroupList: [
      {
        ruleGroupId: 'AWS#AWSManagedRulesCommonRuleSet',
        terminatingRule: { ruleId: 'GenericLFI_BODY', action: 'BLOCK', ruleMatchDetails: null },
        nonTerminatingMatchingRules: [],
        excludedRules: null,
      },
    ],
    nonTerminatingMatchingRules: [],
    httpRequest: {
      clientIp: '192.0.2.1',
      country: 'DE',
      headers: [{ name: 'x-wafproof-id', value: id }],
      uri: '/notes',
      args: '',
      httpVersion: 'HTTP/1.1',
      httpMethod: 'POST',
      requestId: '1-00000000-000000000000000000000000',
    },
  });
}

/** The correlation ids of what a source has to say now. */
export async function idsFrom(source: LogSource): Promise<readonly (string | undefined)[]> {
  return (await recordsFrom(source)).map(({ correlationId }) => correlationId);
}

export async function recordsFrom<R extends LogRecord>(source: LogSource<R>): Promise<readonly R[]> {
  const records: R[] = [];
  for await (const record of source.records()) records.push(record);
  return records;
}
