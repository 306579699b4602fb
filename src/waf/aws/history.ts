import type { LogHistory } from '../../contract/waf.js';
import { attributeAws } from './attribute.js';
import type { AwsRecord } from './log-record.js';
import { createAwsReader } from './logs/log-reader.js';

/** Full logs of AWS WAF and saved samples by themselves: each request has one record. */
export const awsHistory: LogHistory<AwsRecord> = {
  createReader: () => createAwsReader(),
  evidence: (record) => attributeAws(record),
};
