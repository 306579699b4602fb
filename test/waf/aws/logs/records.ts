import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readUnwrapped } from '../../../../src/evidence/unwrap/read-unwrapped.js';
import { packageRoot } from '../../../../src/util/package-root.js';
import type { AwsRecord } from '../../../../src/waf/aws/log-record.js';
import { createAwsReader } from '../../../../src/waf/aws/logs/log-reader.js';

/** A record as AWS writes it, and what it tells. */
export interface Sample {
  readonly from: string;
  readonly value: Readonly<Record<string, unknown>>;
  readonly expect: {
    readonly blocked: boolean;
    /** Absent where the record does not tell it. */
    readonly rule?: string;
    readonly kind?: string;
    readonly counted?: readonly string[];
    readonly labels?: readonly string[];
    readonly matched?: readonly string[];
    readonly location?: string;
  };
}

export const samples: readonly Sample[] = readFileSync(join(packageRoot, 'test/fixtures/aws/records.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

/** What is read of a stream, whatever wraps its records. */
export function readAll(text: string | Uint8Array, prefix?: string): readonly AwsRecord[] {
  const reader = readUnwrapped(() => createAwsReader(prefix === undefined ? {} : { prefix }));
  const records: AwsRecord[] = [];
  for (const item of [...reader.push(Buffer.from(text)), ...reader.end()])
    if (!('entryFile' in item)) records.push(item);
  return records;
}

/** The one record of a value. */
export function readOne(value: unknown): AwsRecord | undefined {
  return readAll(`${JSON.stringify(value)}\n`)[0];
}

/** A whole record of a full log, with some of it replaced. */
export function fullRecord(changes: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    timestamp: 1795413188332,
    formatVersion: 1,
    webaclId: 'arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/shop/0a1b2c3d-0000-4000-8000-000000000001',
    terminatingRuleId: 'Default_Action',
    terminatingRuleType: 'REGULAR',
    action: 'ALLOW',
    terminatingRuleMatchDetails: [],
    httpSourceName: 'ALB',
    httpSourceId: '111122223333-app/shop/0a1b2c3d4e5f6071',
    ruleGroupList: [],
    rateBasedRuleList: [],
    nonTerminatingMatchingRules: [],
    requestHeadersInserted: null,
    responseCodeSent: null,
    httpRequest: {
      clientIp: '192.0.2.44',
      country: 'DE',
      headers: [
        { name: 'host', value: 'shop.example' },
        { name: 'x-wafproof-id', value: 'w7-abcd-0001' },
        { name: 'user-agent', value: 'Wafproof' },
      ],
      uri: '/cart',
      args: 'id=7',
      httpVersion: 'HTTP/2.0',
      httpMethod: 'POST',
      requestId: '1-6a1b2c3d-0123456789abcdef01234567',
    },
    ...changes,
  };
}

/** What a full log has of a managed group. */
export function group(name: string, inner: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    ruleGroupId: name,
    terminatingRule: null,
    nonTerminatingMatchingRules: [],
    excludedRules: null,
    customerConfig: null,
    ...inner,
  };
}
