import { afterEach, describe, expect, it } from 'vitest';
import { readWebAclArn } from '../../../../src/waf/aws/api/web-acl-arn.js';
import { startWafApi } from '../../../../src/waf/aws/lab/start-waf-api.js';
import { openAwsSources } from '../../../../src/waf/aws/sources/open-sources.js';
import { startAnswering } from '../api/answering.js';
import { withAwsEnvironment } from '../credentials.js';
import { aclArn, sampleWebAcl } from '../sample-web-acl.js';
import { idsFrom, logLine } from './wire-record.js';

withAwsEnvironment();

const prefix = 'w7-bcdfghjk-';
const from = Date.parse('2026-03-01T12:00:00Z');
const arn = readWebAclArn(aclArn);
const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const name of ['WAFV2', 'CLOUDWATCH_LOGS', 'S3']) delete process.env[`AWS_ENDPOINT_URL_${name}`];
  for (const close of closing.splice(0).reverse()) await close();
});

async function standIn() {
  const server = await startWafApi({ acl: sampleWebAcl, scope: 'REGIONAL' });
  closing.push(server.close);
  process.env['AWS_ENDPOINT_URL_WAFV2'] = server.url;
}

describe("what a target names of AWS, with the lab's stand-in of the WAFv2 API", () => {
  it('is opened with the web ACL: samples, and a log group', async () => {
    await standIn();
    const events = [{ eventId: '1', message: logLine(`${prefix}a`, from) }];
    const logs = await startAnswering({ body: JSON.stringify({ events }) });
    closing.push(logs.close);
    process.env['AWS_ENDPOINT_URL_CLOUDWATCH_LOGS'] = logs.url;
    const opened = await openAwsSources({ arn, logs: { cloudwatch: 'aws-waf-logs-a' }, samples: true, prefix, from });
    expect(opened.acl.name).toBe('staging');
    const found = [];
    for (const source of opened.sources) found.push(await idsFrom(source));
    expect(found).toEqual([[], [`${prefix}a`]]);
    await Promise.all(opened.sources.map((source) => source.close()));
  });

  it('is refused where it is no place in S3', async () => {
    await standIn();
    const opening = openAwsSources({ arn, logs: { s3: 'aws-waf-logs-a' }, samples: false, prefix, from });
    await expect(opening).rejects.toMatchObject({ code: 'LOG_MISSING' });
  });

  it('waits for S3 six minutes, and for a log group no longer than that', async () => {
    await standIn();
    const s3 = await openAwsSources({ arn, logs: { s3: 's3://aws-waf-logs-a' }, samples: false, prefix, from });
    const group = await openAwsSources({ arn, logs: { cloudwatch: 'g' }, samples: false, prefix, from });
    const waits = [s3, group].map(({ sources: [source] }) => (source?.delay.longestMs ?? 0) / 60_000);
    expect(waits).toEqual([6, 5]);
    await Promise.all([s3, group].flatMap(({ sources }) => sources.map((source) => source.close())));
  });
});
