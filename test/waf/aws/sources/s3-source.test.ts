import { gzipSync } from 'node:zlib';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openS3Api } from '../../../../src/waf/aws/api/s3-api.js';
import { readWebAclArn } from '../../../../src/waf/aws/api/web-acl-arn.js';
import { createAwsReader } from '../../../../src/waf/aws/logs/log-reader.js';
import { logFolders, readS3Url } from '../../../../src/waf/aws/sources/s3-keys.js';
import { createS3Source } from '../../../../src/waf/aws/sources/s3-source.js';
import { startAnswering } from '../api/answering.js';
import { withAwsEnvironment } from '../credentials.js';
import { isWithoutMoto, startMoto } from '../moto.js';
import { aclArn } from '../sample-web-acl.js';
import { idsFrom, logLine } from './wire-record.js';

withAwsEnvironment();

const acl = readWebAclArn(aclArn);
const prefix = 'w7-bcdfghjk-';
const start = Date.parse('2026-03-01T23:57:00Z');
const own = 'AWSLogs/111122223333/WAFLogs/eu-west-1/staging/';

describe('the keys of logs in S3', () => {
  it('are those of the five minutes of the run and of the next ones, and the hours of Firehose', () => {
    expect(logFolders('', acl, start, start + 4 * 60_000)).toEqual([
      `${own}2026/03/01/23/55/`,
      `${own}2026/03/02/00/00/`,
      `${own}2026/03/02/00/05/`,
      '2026/03/01/23/',
      '2026/03/02/00/',
    ]);
  });

  it('are below "cloudfront" for CloudFront, and below a prefix of the bucket', () => {
    const edge = { ...acl, scope: 'CLOUDFRONT', region: 'us-east-1' } as const;
    expect(logFolders('waf/', edge, start, start)[0]).toBe(
      'waf/AWSLogs/111122223333/WAFLogs/cloudfront/staging/2026/03/01/23/55/',
    );
  });

  it.each([
    ['s3://aws-waf-logs-a', 'aws-waf-logs-a', ''],
    ['s3://aws-waf-logs-a/', 'aws-waf-logs-a', ''],
    ['s3://aws-waf-logs-a/x/y', 'aws-waf-logs-a', 'x/y/'],
  ])('begin where %s says', (url, bucket, wanted) => {
    expect(readS3Url(url)).toEqual({ bucket, prefix: wanted });
  });

  it.each(['aws-waf-logs-a', 's3://', 's3://A_B', 'https://a.s3.amazonaws.com'])('%s is no place in S3', (url) => {
    expect(() => readS3Url(url)).toThrow(expect.objectContaining({ code: 'LOG_MISSING' }));
  });
});

const bucket = 'aws-waf-logs-staging';
let endpoint = '';

async function sourceOf(place: string, now: () => number) {
  process.env['AWS_ENDPOINT_URL_S3'] = endpoint;
  const api = await openS3Api('eu-west-1');
  const createReader = () => createAwsReader({ prefix });
  return createS3Source({ api, place: readS3Url(place), acl, from: start, createReader, now });
}

async function put(key: string, body: Buffer, into = bucket): Promise<void> {
  const client = new S3Client({ region: 'eu-west-1', endpoint });
  await client.send(new PutObjectCommand({ Bucket: into, Key: key, Body: body }));
  client.destroy();
}

const lines = (...ids: readonly string[]) => ids.map((id) => `${logLine(id, start)}\n`).join('');
const file = (name: string) => `111122223333_waflogs_eu-west-1_staging_${name}.log.gz`;

describe.skipIf(isWithoutMoto)('logs in S3 of moto, which stands in for AWS', () => {
  let close: () => Promise<void>;

  beforeAll(async () => {
    const moto = await startMoto();
    ({ close } = moto);
    endpoint = moto.url;
    const client = new S3Client({ region: 'eu-west-1', endpoint });
    const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const;
    for (const Bucket of [bucket, `${bucket}-2`, `${bucket}-3`])
      await client.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
    client.destroy();
  });

  afterAll(() => close());

  it('are read from the folders of the run, each file once, packed or not', async () => {
    await put(`${own}2026/03/01/23/50/${file('1')}`, gzipSync(lines(`${prefix}before`)));
    await put(`${own}2026/03/01/23/55/${file('2')}`, gzipSync(lines(`${prefix}a`, 'w7-other-1')));
    const times = [start + 60_000, start + 360_000, start + 420_000];
    const source = await sourceOf(`s3://${bucket}`, () => times.shift() ?? start);
    const first = await idsFrom(source);
    await put(`${own}2026/03/02/00/00/${file('3')}`, gzipSync(lines(`${prefix}b`)));
    await put(`${own}2026/03/02/00/05/${file('4')}`, Buffer.from(lines(`${prefix}c`)));
    expect([first, await idsFrom(source), await idsFrom(source)]).toEqual([
      [`${prefix}a`],
      [`${prefix}b`, `${prefix}c`],
      [],
    ]);
    expect(source.gaps).toBeUndefined();
    await source.close();
  });

  it('tell of a file that is torn, and are read without the rest of it', async () => {
    const whole = gzipSync(lines(`${prefix}a`));
    await put(`waf/${own}2026/03/01/23/55/${file('1')}`, whole.subarray(0, whole.length - 12), `${bucket}-2`);
    await put(`waf/${own}2026/03/01/23/55/${file('2')}`, gzipSync(lines(`${prefix}b`)), `${bucket}-2`);
    const source = await sourceOf(`s3://${bucket}-2/waf`, () => start + 60_000);
    expect(await idsFrom(source)).toContain(`${prefix}b`);
    expect(source.gaps).toMatch(/staging_1\.log\.gz in S3 cannot be read \(it ends in the middle\)$/);
    await source.close();
  });

  it('are read from the folders that Firehose writes, one for each hour', async () => {
    const written = Buffer.from(lines(`${prefix}a`, `${prefix}b`));
    await put('2026/03/01/23/aws-waf-logs-s-1-2026-03-01-23-58-00-uuid', written, `${bucket}-3`);
    const source = await sourceOf(`s3://${bucket}-3`, () => start + 60_000);
    expect(await idsFrom(source)).toEqual([`${prefix}a`, `${prefix}b`]);
    await source.close();
  });

  it('say which bucket is not there', async () => {
    const source = await sourceOf('s3://aws-waf-logs-nowhere', () => start);
    await expect(idsFrom(source)).rejects.toMatchObject({
      code: 'AWS_NOT_FOUND',
      message: expect.stringContaining('no bucket aws-waf-logs-nowhere in eu-west-1'),
    });
    await source.close();
  });
});

describe('logs in S3, with a server that stands in for AWS', () => {
  afterEach(() => {
    delete process.env['AWS_ENDPOINT_URL_S3'];
  });

  const xml = (code: string) => `<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`;

  it.each([
    ['AccessDenied', 403, xml('AccessDenied'), 'AWS_ACCESS_DENIED', 'may not do s3:ListBucket'],
    ['RequestTimeTooSkewed', 403, xml('RequestTimeTooSkewed'), 'AWS_CLOCK_SKEW', 'AWS refuses s3:ListBucket'],
    ['ExpiredToken', 400, xml('ExpiredToken'), 'AWS_CREDENTIALS_EXPIRED', 'at s3:ListBucket'],
    ['a page of HTML', 200, '<html><body>Welcome</body></html>', 'AWS_NOT_AN_API', 's3:ListBucket'],
  ])('that are refused with %s are one clear message', async (_, status, body, code, says) => {
    const server = await startAnswering({ status, headers: { 'content-type': 'application/xml' }, body });
    endpoint = server.url;
    const source = await sourceOf(`s3://${bucket}`, () => start);
    await expect(idsFrom(source)).rejects.toMatchObject({ code, message: expect.stringContaining(says) });
    await source.close();
    await server.close();
  });
});
