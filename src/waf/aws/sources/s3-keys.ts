import { fail } from '../../../model/error.js';
import { printable } from '../../../util/printable.js';
import type { S3Place } from '../api/s3-api.js';
import type { WebAclArn } from '../api/web-acl-arn.js';

const bucketMs = 5 * 60_000;
const hourMs = 60 * 60_000;

/**
 * Reads `s3://aws-waf-logs-example/prefix/`.
 * @throws WafproofError `LOG_MISSING`
 */
export function readS3Url(url: string): S3Place {
  const [, bucket, path = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/s.exec(url) ?? [];
  if (bucket === undefined) {
    const shown = printable(url.slice(0, 200));
    throw fail('LOG_MISSING', {
      reason: `"${shown}" is no place in S3; write s3://aws-waf-logs-NAME or s3://aws-waf-logs-NAME/PREFIX`,
    });
  }
  const prefix = path.replace(/\/+$/, '');
  return { bucket, prefix: prefix === '' ? '' : `${prefix}/` };
}

/**
 * The folders in which the log of a web ACL may be, for requests from one time to another: AWS WAF has one for each five
 * minutes, named by when they began or by when they were over, and Firehose has one for each hour (developer guides of both).
 */
export function logFolders(prefix: string, acl: WebAclArn, from: number, until: number): readonly string[] {
  const region = acl.scope === 'CLOUDFRONT' ? 'cloudfront' : acl.region;
  const own = `${prefix}AWSLogs/${acl.account}/WAFLogs/${region}/${acl.name}/`;
  const minutes = stepsOf(from, until + bucketMs, bucketMs).map((time) => `${own}${folderOf(time, 5)}`);
  return [...minutes, ...stepsOf(from, until, hourMs).map((time) => `${prefix}${folderOf(time, 4)}`)];
}

/** `2026/03/01/12/05/` */
function folderOf(time: number, parts: number): string {
  const names = new Date(time).toISOString().split(/\D/).slice(0, parts);
  return `${names.join('/')}/`;
}

function stepsOf(from: number, until: number, stepMs: number): readonly number[] {
  const first = Math.floor(from / stepMs);
  const count = Math.floor(until / stepMs) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => (first + index) * stepMs);
}
