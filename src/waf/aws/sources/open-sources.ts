import type { LogSource } from '../../../contract/log-source.js';
import type { WebAcl } from '../acl/web-acl.js';
import { aclKnowledge } from '../acl-knowledge.js';
import { openLogsApi } from '../api/logs-api.js';
import { openS3Api } from '../api/s3-api.js';
import { openWafApi } from '../api/waf-api.js';
import type { WebAclArn } from '../api/web-acl-arn.js';
import { webAclOf } from '../doctor/aws-facts.js';
import type { AwsRecord } from '../log-record.js';
import { createAwsReader } from '../logs/log-reader.js';
import { createCloudWatchSource } from './cloudwatch-source.js';
import { readS3Url } from './s3-keys.js';
import { createS3Source } from './s3-source.js';
import { sampledMetrics } from './sampled-metrics.js';
import { createSampledSource } from './sampled-source.js';

/** What of AWS is to be read. */
export interface AwsPlaces {
  readonly arn: WebAclArn;
  /** Full logs; absent where there are none, or where they are read elsewhere. */
  readonly logs?: { readonly cloudwatch: string } | { readonly s3: string };
  /** Samples are asked for. */
  readonly samples: boolean;
  /** What the correlation ids of interest begin with. */
  readonly prefix: string;
  /** From when on requests are of interest, in milliseconds since 1970. */
  readonly from: number;
}

/** Sources that read from AWS, and the web ACL as AWS has it. */
export interface AwsSources {
  readonly acl: WebAcl;
  readonly sources: readonly LogSource<AwsRecord>[];
}

/**
 * Gets the web ACL, and opens what tells of its requests.
 * @throws WafproofError `LOG_MISSING`, or one of the codes that begin with `AWS_`
 */
export async function openAwsSources(places: AwsPlaces): Promise<AwsSources> {
  const { arn, logs, samples, prefix, from } = places;
  const api = await openWafApi({ region: arn.region });
  const acl = await webAclOf(api, arn);
  const sampled = samples ? [createSampledSource({ api, acl: arn, prefix, from, ...sampledMetrics(acl) })] : [];
  if (!samples) api.close();
  const logged = logs === undefined ? [] : [await openLogged(logs, places, acl)];
  return { acl, sources: [...sampled, ...logged] };
}

async function openLogged(
  logs: NonNullable<AwsPlaces['logs']>,
  { arn, prefix, from }: AwsPlaces,
  acl: WebAcl,
): Promise<LogSource<AwsRecord>> {
  const createReader = () => createAwsReader({ prefix, acl: aclKnowledge(acl) });
  if ('cloudwatch' in logs) {
    const api = await openLogsApi(arn.region);
    return createCloudWatchSource({ api, group: logs.cloudwatch, prefix, from, reader: createReader() });
  }
  const place = readS3Url(logs.s3);
  return createS3Source({ api: await openS3Api(arn.region), place, acl: arn, from, createReader });
}
