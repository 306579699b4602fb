import type { LogSource } from '../../../contract/log-source.js';
import { WafproofError } from '../../../model/error.js';
import type { WebAcl } from '../acl/web-acl.js';
import { type AclKnowledge, aclKnowledge } from '../acl-knowledge.js';
import type { JsonObject } from '../api/json-object.js';
import { openLogsApi } from '../api/logs-api.js';
import { openS3Api } from '../api/s3-api.js';
import { openWafApi, type WafApi } from '../api/waf-api.js';
import type { WebAclArn } from '../api/web-acl-arn.js';
import { loggingOf, webAclOf } from '../doctor/aws-facts.js';
import { hiddenBy } from '../doctor/logging-checks.js';
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
  /** What hides the header by which requests are found, where AWS tells of it. */
  readonly hidden?: string;
}

/**
 * Gets the web ACL, and opens what tells of its requests.
 * @throws WafproofError `LOG_MISSING`, or one of the codes that begin with `AWS_`
 */
export async function openAwsSources(places: AwsPlaces): Promise<AwsSources> {
  const { arn, logs, samples, prefix, from } = places;
  const api = await openWafApi({ region: arn.region });
  const acl = await webAclOf(api, arn);
  const hidden = logs === undefined && !samples ? undefined : hiddenBy(acl, await loggingIfTold(api, arn))?.detail;
  const sampled = samples ? [createSampledSource({ api, acl: arn, prefix, from, ...sampledMetrics(acl) })] : [];
  if (!samples) api.close();
  const logged = logs === undefined ? [] : [await openLogged(logs, places, acl)];
  return { acl, sources: [...sampled, ...logged], ...(hidden !== undefined && { hidden }) };
}

/** Who may read logs need not be allowed to see how they are set up. */
async function loggingIfTold(api: WafApi, arn: WebAclArn): Promise<JsonObject | undefined> {
  try {
    return await loggingOf(api, arn);
  } catch (error) {
    if (error instanceof WafproofError) return undefined;
    throw error;
  }
}

async function openLogged(
  logs: NonNullable<AwsPlaces['logs']>,
  { arn, prefix, from }: AwsPlaces,
  webAcl: WebAcl,
): Promise<LogSource<AwsRecord>> {
  const acl = aclKnowledge(webAcl);
  if ('cloudwatch' in logs) return openLogGroup({ group: logs.cloudwatch, region: arn.region, prefix, from, acl });
  const place = readS3Url(logs.s3);
  const createReader = () => createAwsReader({ prefix, acl });
  return createS3Source({ api: await openS3Api(arn.region), place, acl: arn, from, createReader });
}

/** A log group of CloudWatch Logs. */
export interface LogGroup extends Pick<AwsPlaces, 'prefix' | 'from'> {
  readonly group: string;
  /** Default: as the SDK finds it. */
  readonly region?: string;
  readonly acl?: AclKnowledge;
}

/** Opens a log group; nothing is asked of it yet. */
export async function openLogGroup({ group, region, prefix, from, acl }: LogGroup): Promise<LogSource<AwsRecord>> {
  const reader = createAwsReader({ prefix, ...(acl !== undefined && { acl }) });
  return createCloudWatchSource({ api: await openLogsApi(region), group, prefix, from, reader });
}
