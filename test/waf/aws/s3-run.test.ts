import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { readWebAclArn } from '../../../src/waf/aws/api/web-acl-arn.js';
import { startWafApi } from '../../../src/waf/aws/lab/start-waf-api.js';
import { logFolders } from '../../../src/waf/aws/sources/s3-keys.js';
import { resultOf, runAgainst } from '../../pipeline/run-against.js';
import { withAwsEnvironment } from './credentials.js';
import { isWithoutMoto, startMoto } from './moto.js';
import { aclArn, sampleWebAcl } from './sample-web-acl.js';
import { core, standInForAws } from './stand-in.js';

withAwsEnvironment();

const suite = `suite: S
cases:
  - { id: plain, path: /plain }
  - { id: note, method: POST, path: /notes, form: { text: 'see ../../readme' } }
`;
const [probe, canary, cases] = [1, 1, 2];

test.skipIf(isWithoutMoto)(
  'a run whose log is in S3 of moto, which stands in for AWS, sends all before the log is there',
  async () => {
    const [server, moto, api] = await Promise.all([
      standInForAws(),
      startMoto(),
      startWafApi({ acl: sampleWebAcl, scope: 'REGIONAL' }),
    ]);
    process.env['AWS_ENDPOINT_URL_WAFV2'] = api.url;
    process.env['AWS_ENDPOINT_URL_S3'] = moto.url;
    const s3 = new S3Client({ region: 'eu-west-1', forcePathStyle: true });
    const Bucket = 'aws-waf-logs-shop';
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }));
    const linesOf = () => readFileSync(server.log, 'utf8').split('\n').length - 1;
    const waf = { kind: 'aws', webAcl: aclArn, logs: { s3: `s3://${Bucket}` } };
    const running = runAgainst(server, suite, { target: { waf, logWaitMs: 40_000 } });
    while (linesOf() < probe + canary + cases) await new Promise((resolve) => setTimeout(resolve, 50));
    const [folder = ''] = logFolders('', readWebAclArn(aclArn), Date.now(), Date.now()).slice(-1);
    const Body = gzipSync(readFileSync(server.log));
    await s3.send(new PutObjectCommand({ Bucket, Key: `${folder}a_waflogs.log.gz`, Body }));
    const report = await running;
    expect(resultOf(report, 's/plain').verdict).toEqual({ kind: 'let-through', nearMiss: false });
    expect(resultOf(report, 's/note').hits).toMatchObject([{ ruleId: `${core}#GenericLFI_BODY` }]);
    expect(report.target.waf).toMatchObject({ facts: [{ label: 'Web ACL', value: 'shop' }] });
    s3.destroy();
    await Promise.all([moto.close(), api.close()]);
  },
  90_000,
);
