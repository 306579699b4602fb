import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type { WafOptions } from '../../../src/model/target-options.js';
import type { WafApiSetup } from '../../../src/waf/aws/lab/operations.js';
import { startWafApi } from '../../../src/waf/aws/lab/start-waf-api.js';
import { wafproof } from '../../cli/command-line.js';
import { resultOf, runAgainst } from '../../pipeline/run-against.js';
import { serveHttp } from '../../replay/loopback.js';
import { exception, type Scripted, startAnswering } from './api/answering.js';
import { withAwsEnvironment } from './credentials.js';
import { aclArn, sampleWebAcl } from './sample-web-acl.js';
import { core, standInForAws } from './stand-in.js';

withAwsEnvironment();

const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const name of ['WAFV2', 'CLOUDWATCH_LOGS']) delete process.env[`AWS_ENDPOINT_URL_${name}`];
  for (const close of closing.splice(0).reverse()) await close();
});

async function serveApi(more: Partial<WafApiSetup> = {}): Promise<void> {
  const api = await startWafApi({ acl: sampleWebAcl, scope: 'REGIONAL', ...more });
  closing.push(api.close);
  process.env['AWS_ENDPOINT_URL_WAFV2'] = api.url;
}

/** Answers FilterLogEvents with all that the log has by now. */
async function serveLogGroup(log: string): Promise<void> {
  process.env['AWS_ENDPOINT_URL_CLOUDWATCH_LOGS'] = await serveHttp((_, response) => {
    const lines = readFileSync(log, 'utf8').split('\n').slice(0, -1);
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify({ events: lines.map((message, index) => ({ eventId: `${index}`, message })) }));
  });
}

const suite = `suite: S
cases:
  - { id: plain, path: /plain }
  - { id: note, method: POST, path: /notes, form: { text: 'see ../../readme' } }
  - { id: unlogged, path: /unlogged }
`;

async function runOver(waf: Partial<WafOptions>, more: Partial<WafApiSetup> = {}) {
  const server = await standInForAws();
  await serveApi(more);
  await serveLogGroup(server.log);
  return runAgainst(server, suite, { target: { waf: { kind: 'aws', ...waf }, logWaitMs: 1500 } });
}

describe('a run whose evidence is read over the network, with stand-ins for AWS', () => {
  it('is joined with a log group of CloudWatch Logs', async () => {
    const report = await runOver({ webAcl: aclArn, logs: { cloudwatch: 'aws-waf-logs-a' } });
    expect(resultOf(report, 's/plain').verdict).toEqual({ kind: 'let-through', nearMiss: false });
    expect(resultOf(report, 's/note').hits).toMatchObject([{ ruleId: `${core}#GenericLFI_BODY` }]);
  });

  it('needs no ARN for a log group', async () => {
    const report = await runOver({ region: 'eu-west-1', logs: { cloudwatch: 'aws-waf-logs-a' } });
    expect(resultOf(report, 's/note').hits).toMatchObject([{ ruleId: `${core}#GenericLFI_BODY` }]);
  });

  it('says what hides the header where nothing is found', async () => {
    const logging = {
      ResourceArn: aclArn,
      LogDestinationConfigs: ['arn:aws:logs:eu-west-1:111122223333:log-group:aws-waf-logs-a'],
      RedactedFields: [{ SingleHeader: { Name: 'x-wafproof-id' } }],
    };
    const waf = { webAcl: aclArn, logs: { cloudwatch: 'aws-waf-logs-a' } };
    const report = await runOver(waf, { logging });
    expect(resultOf(report, 's/unlogged').verdict).toMatchObject({
      kind: 'unattributed-block',
      reason: expect.stringContaining('RedactedFields of the logging configuration hides X-Wafproof-Id'),
    });
  });
});

describe("the doctor at a target behind AWS WAF, with the lab's stand-in of the WAFv2 API", () => {
  const config = (url: string, log: string, webAcl: string) => ({
    'wafproof.config.yaml': `targets: { edge: { url: "${url}", logWait: 300, waf: { kind: aws, webAcl: "${webAcl}", logs: { file: "${log}" } } } }`,
  });

  it('tells what AWS says of the web ACL, and what in it does nothing', async () => {
    const server = await standInForAws();
    const [first, ...others] = sampleWebAcl['Rules'] as readonly object[];
    const stranger = {
      VendorName: 'AWS',
      Name: 'AWSManagedRulesCommonRuleSet',
      RuleActionOverrides: [{ Name: 'SizeRestrictions_Body', ActionToUse: { Count: {} } }],
    };
    const rule = { ...first, Statement: { ManagedRuleGroupStatement: stranger } };
    await serveApi({ acl: JSON.parse(JSON.stringify({ ...sampleWebAcl, Rules: [rule, ...others] })) });
    const { stdout } = await wafproof(['doctor', '--json'], { files: config(server.url, server.log, aclArn) });
    const { checks } = JSON.parse(stdout) as {
      checks: readonly { id: string; status: string; detail: string; fix?: string }[];
    };
    const found = (id: string) => checks.find((check) => check.id === id);
    expect(found('web-acl')).toMatchObject({ status: 'ok' });
    expect(found('lint-override-of-no-rule')).toMatchObject({
      status: 'warning',
      detail: expect.stringMatching(/^rule crs \(.+\): The override names "SizeRestrictions_Body"/),
      fix: expect.stringContaining('SizeRestrictions_BODY'),
    });
    expect(found('log-entry')).toMatchObject({ status: 'ok' });
  });

  it('says that what is no ARN of a web ACL is none', async () => {
    const server = await standInForAws();
    const { stdout } = await wafproof(['doctor', '--json'], {
      files: config(server.url, server.log, 'arn:aws:s3:::x'),
    });
    expect(stdout).toContain('AWS_ARN_INVALID');
  });

  it('prints the smallest policy', async () => {
    const { stdout, code } = await wafproof(['doctor', '--print-setup', 'aws-policy']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ Version: '2012-10-17' });
  });
});

const stale = 'Signature expired: 20260101T000000Z is now earlier than 20260101T000500Z';
const deniedToAda =
  'User: arn:aws:iam::111122223333:user/ada is not authorized to perform: wafv2:GetWebACL on resource: x';

/** What AWS answers, and the one message that says so. */
const refusals: readonly (readonly [string, Scripted, RegExp])[] = [
  ['a clock that is wrong', exception('InvalidSignatureException', stale), /^AWS_CLOCK_SKEW .*set it by NTP/],
  [
    'an expired token',
    exception('ExpiredTokenException', 'The security token included in the request is expired'),
    /^AWS_CREDENTIALS_EXPIRED .*aws sso login/,
  ],
  ['throttling', exception('ThrottlingException', 'Rate exceeded'), /^AWS_THROTTLED .*wait a minute/],
  ['denied access', exception('AccessDeniedException', deniedToAda), /^AWS_ACCESS_DENIED .*wafv2:GetWebACL; allow it/],
  [
    'an unknown ARN',
    exception('WAFNonexistentItemException', 'The resource does not exist.'),
    /^AWS_NOT_FOUND AWS knows no web ACL staging .* in eu-west-1/,
  ],
];

describe('what AWS refuses, with a server that stands in for AWS', () => {
  it.each(refusals)('%s ends a run in one message, and is told once by the doctor', async (_, answer, message) => {
    const { url } = await standInForAws();
    const api = await startAnswering(answer);
    closing.push(api.close);
    process.env['AWS_ENDPOINT_URL_WAFV2'] = api.url;
    const waf = `{ kind: aws, webAcl: "${aclArn}", samples: true }`;
    const files = { 's.yaml': suite, 'wafproof.config.yaml': `targets: { edge: { url: "${url}", waf: ${waf} } }` };
    const run = await wafproof(['run', 's.yaml', '--quiet'], { files });
    expect([run.code, run.stderr.trim().split('\n')]).toEqual([2, [expect.stringMatching(message)]]);
    const { stdout } = await wafproof(['doctor', '--json'], { files });
    const { checks } = JSON.parse(stdout) as { checks: readonly { id: string; status: string; detail: string }[] };
    const code = /^\^(\w+)/.exec(message.source)?.[1] ?? '';
    const isDenied = code === 'AWS_ACCESS_DENIED';
    expect(checks.filter(({ detail }) => detail.includes(code)).map(({ id }) => id)).toEqual(
      isDenied ? ['web-acl', 'web-acl-attached', 'web-acl-logging'] : ['web-acl'],
    );
    expect(api.asked.length).toBeLessThan(40);
  });
});
