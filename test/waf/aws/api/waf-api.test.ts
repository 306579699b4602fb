import { afterEach, describe, expect, it } from 'vitest';
import { openWafApi, type WafApi } from '../../../../src/waf/aws/api/waf-api.js';
import { type RunningWafApi, startWafApi } from '../../../../src/waf/aws/lab/start-waf-api.js';
import { withAwsEnvironment } from '../credentials.js';
import { aclArn, sampleWebAcl } from '../sample-web-acl.js';

withAwsEnvironment();

const open: { api?: WafApi; server?: RunningWafApi } = {};

afterEach(async () => {
  open.api?.close();
  await open.server?.close();
  delete process.env['AWS_ENDPOINT_URL_WAFV2'];
});

async function apiOf(acl = sampleWebAcl): Promise<WafApi> {
  open.server = await startWafApi({ acl, scope: 'REGIONAL' });
  process.env['AWS_ENDPOINT_URL_WAFV2'] = open.server.url;
  open.api = await openWafApi({ region: 'eu-west-1', perSecond: 1000 });
  return open.api;
}

describe("the real SDK against the lab's stand-in of the WAFv2 API", () => {
  it('gets a web ACL by its ARN', async () => {
    const api = await apiOf();
    const answer = await api.ask('GetWebACL', { ARN: aclArn }, 'web ACL staging');
    expect(answer['WebACL']).toEqual(sampleWebAcl);
  });

  it('loses nothing of a statement that the SDK does not know', async () => {
    const rule = {
      Name: 'from-the-future',
      Priority: 1,
      Action: { Block: {} },
      Statement: { MoodMatchStatement: { Mood: 'GRIM' } },
      VisibilityConfig: { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: 'future' },
    };
    const acl = { ...sampleWebAcl, Rules: [rule] };
    const api = await apiOf(acl);
    const answer = await api.ask('GetWebACL', { ARN: aclArn }, 'web ACL staging');
    expect(answer['WebACL']).toEqual(acl);
  });

  it('says which web ACL is not there', async () => {
    const api = await apiOf();
    const asked = api.ask('GetWebACL', { ARN: aclArn.replace(/.$/, '6') }, 'web ACL staging');
    await expect(asked).rejects.toMatchObject({
      code: 'AWS_NOT_FOUND',
      message: expect.stringContaining('AWS knows no web ACL staging in eu-west-1'),
    });
  });
});
