import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CheckCapacityCommand,
  GetSampledRequestsCommand,
  GetWebACLCommand,
  UpdateWebACLCommand,
  WAFV2Client,
} from '@aws-sdk/client-wafv2';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startLab } from '../../../../src/pipeline/lab.js';
import { makeTemporaryFolder } from '../../../../src/util/temporary-folder.js';
import { objectsNamed } from '../../../../src/waf/aws/api/json-object.js';
import { withAwsEnvironment } from '../credentials.js';
import { aclArn } from '../sample-web-acl.js';
import { labWebAcl, own, startAclLab } from './lab-ground.js';

withAwsEnvironment({ AWS_REGION: 'eu-west-1' });

const sqli = { method: 'POST', body: new URLSearchParams({ note: '1 UNION SELECT name FROM users' }) };
const acl = { Name: 'staging', Id: '11111111-2222-4333-8444-555555555555', Scope: 'REGIONAL' } as const;

async function records(log: string) {
  const lines = (await readFile(log, 'utf8')).trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

async function statusOf(url: string, init?: RequestInit): Promise<number> {
  return (await fetch(url, init)).status;
}

const terraform = `
resource "aws_wafv2_ip_set" "here" {
  name               = "here"
  scope              = "REGIONAL"
  ip_address_version = "IPV4"
  addresses          = ["127.0.0.0/8"]
}
resource "aws_wafv2_web_acl" "main" {
  name  = "shop"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  rule {
    name     = "here"
    priority = 1
    action {
      block {}
    }
    statement {
      ip_set_reference_statement {
        arn = aws_wafv2_ip_set.here.arn
      }
    }
    visibility_config {
      sampled_requests_enabled   = true
      cloudwatch_metrics_enabled = true
      metric_name                = "here"
    }
  }
  visibility_config {
    sampled_requests_enabled   = true
    cloudwatch_metrics_enabled = true
    metric_name                = "shop"
  }
}
`;

describe('the lab that stands in for AWS WAF', () => {
  it('answers as a load balancer, with custom responses, and asks for a CAPTCHA', async () => {
    const { url } = await startAclLab();
    const blocked = await fetch(`${url}/notes`, sqli);
    expect([blocked.status, blocked.headers.get('server'), await blocked.text()]).toEqual([
      403,
      'awselb/2.0',
      expect.stringContaining('<center><h1>403 Forbidden</h1></center>'),
    ]);
    const custom = await fetch(`${url}/teapot`);
    expect([custom.status, custom.headers.get('x-refused-by'), await custom.text()]).toEqual([
      409,
      'no-teapots',
      'no teapots here',
    ]);
    const puzzle = await fetch(`${url}/puzzle`);
    expect([puzzle.status, puzzle.headers.get('x-amzn-waf-action')]).toEqual([405, 'captcha']);
  });

  it.each([
    ['cloudfront', 'Request blocked', 'x-amz-cf-id'],
    ['api-gateway', '{"message":"Forbidden"}', 'x-amz-apigw-id'],
    ['appsync', 'WAFForbiddenException', 'x-amzn-requestid'],
    ['cognito', 'Request not allowed due to WAF block', 'x-amzn-requestid'],
  ])('answers as %s does, with its request id in the log', async (front, page, header) => {
    const { url, log } = await startAclLab(labWebAcl, { engine: { front } });
    const blocked = await fetch(`${url}/notes`, sqli);
    expect([blocked.status, await blocked.text()]).toEqual([403, expect.stringContaining(page)]);
    expect(await records(log)).toMatchObject([{ httpRequest: { requestId: blocked.headers.get(header) } }]);
  });

  it('hands requests on with the headers that rules insert', async () => {
    const { url } = await startAclLab();
    const echoed: unknown = await (await fetch(`${url}/marked`)).json();
    expect(echoed).toMatchObject({ headers: expect.arrayContaining(['x-amzn-waf-seen', 'yes']) });
  });

  it('puts labels in the place of placeholders of custom responses', async () => {
    const namespace = 'awswaf:managed:aws:sql-database:';
    const ResponseHeaders = [
      { Name: 'x-wafproof-labels', Value: `${namespace}$\u007b${namespace}}` },
      { Name: 'x-who', Value: '$\u007bawswaf:ip:} $\u007bmine:} $\u007bx}' },
    ];
    const Action = { Block: { CustomResponse: { ResponseCode: 403, ResponseHeaders } } };
    const Rules = objectsNamed(labWebAcl, 'Rules').map((rule) =>
      rule['Name'] === 'sql' ? { ...rule, OverrideAction: { Count: {} } } : rule,
    );
    const Statement = { LabelMatchStatement: { Scope: 'NAMESPACE', Key: namespace } };
    const { url } = await startAclLab({ ...labWebAcl, Rules: [...Rules, own('again', 70, Action, Statement)] });
    const { headers } = await fetch(`${url}/notes`, sqli);
    expect(headers.get('x-wafproof-labels')).toBe(`${namespace}SQLi_Body`);
    expect(headers.get('x-who')).toBe('127.0.0.1  $\u007bx}');
  });

  it('writes full logs: of the default action, groups, overridden rules and labels', async () => {
    const { url, log } = await startAclLab();
    await fetch(`${url}/plain?a=1`);
    await fetch(`${url}/notes`, { ...sqli, body: `${'x'.repeat(9000)}` });
    await fetch(`${url}/notes`, sqli);
    const core = 'AWS#AWSManagedRulesCommonRuleSet';
    expect(await records(log)).toMatchObject([
      {
        webaclId: aclArn,
        terminatingRuleId: 'Default_Action',
        terminatingRuleType: 'REGULAR',
        action: 'ALLOW',
        httpSourceName: 'ALB',
        httpRequest: { clientIp: '127.0.0.1', uri: '/plain', args: 'a=1', httpMethod: 'GET' },
      },
      {
        action: 'ALLOW',
        ruleGroupList: [
          {
            ruleGroupId: core,
            terminatingRule: null,
            nonTerminatingMatchingRules: [
              { ruleId: 'SizeRestrictions_BODY', action: 'COUNT', overriddenAction: 'BLOCK' },
            ],
          },
          { ruleGroupId: 'AWS#AWSManagedRulesSQLiRuleSet', terminatingRule: null },
        ],
        labels: [{ name: 'awswaf:managed:aws:core-rule-set:SizeRestrictions_Body' }],
      },
      {
        action: 'BLOCK',
        terminatingRuleId: 'sql',
        terminatingRuleType: 'MANAGED_RULE_GROUP',
        ruleGroupList: [{ ruleGroupId: core }, { terminatingRule: { ruleId: 'SQLi_BODY', action: 'BLOCK' } }],
        labels: [{ name: 'awswaf:managed:aws:sql-database:SQLi_Body' }],
      },
    ]);
  });

  it('counts for rate rules, and refuses above the limit', async () => {
    const { url, log } = await startAclLab();
    const statuses: number[] = [];
    for (let sent = 0; sent < 12; sent++) statuses.push(await statusOf(`${url}/busy`));
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 403, 403]);
    expect(await statusOf(`${url}/calm`)).toBe(200);
    expect((await records(log))[10]).toMatchObject({
      terminatingRuleType: 'RATE_BASED',
      rateBasedRuleList: [{ rateBasedRuleName: 'slowly', limitKey: 'IP', limitValue: '127.0.0.1', maxRateAllowed: 10 }],
    });
  });

  it('only counts where it is to detect', async () => {
    const { url, log } = await startAclLab(labWebAcl, { mode: 'detect' });
    expect(await statusOf(`${url}/notes`, sqli)).toBe(200);
    expect(await records(log)).toMatchObject([
      {
        action: 'ALLOW',
        nonTerminatingMatchingRules: [{ ruleId: 'sql', action: 'COUNT' }],
        ruleGroupList: [{}, { terminatingRule: { ruleId: 'SQLi_BODY', action: 'BLOCK' } }],
      },
    ]);
  });

  it('tells the real SDK samples of what came, and takes an update with its lock token once', async () => {
    const { url, api } = await startAclLab();
    const client = new WAFV2Client({ endpoint: api });
    expect(await statusOf(`${url}/notes`, sqli)).toBe(403);
    const TimeWindow = { StartTime: new Date(Date.now() - 60_000), EndTime: new Date(Date.now() + 60_000) };
    const sampling = { WebAclArn: aclArn, RuleMetricName: 'sql-metric', Scope: acl.Scope, TimeWindow, MaxItems: 500 };
    const { SampledRequests } = await client.send(new GetSampledRequestsCommand(sampling));
    expect(SampledRequests).toMatchObject([
      {
        Action: 'BLOCK',
        RuleNameWithinRuleGroup: 'AWS#AWSManagedRulesSQLiRuleSet#SQLi_BODY',
        Request: { URI: '/notes', Method: 'POST' },
      },
    ]);
    const { WebACL, LockToken } = await client.send(new GetWebACLCommand(acl));
    const Rules = (WebACL?.Rules ?? []).filter(({ Name }) => Name !== 'sql');
    const { DefaultAction, VisibilityConfig } = WebACL ?? {};
    const update = new UpdateWebACLCommand({ ...acl, DefaultAction, VisibilityConfig, LockToken, Rules });
    await client.send(update);
    expect(await statusOf(`${url}/notes`, sqli)).toBe(200);
    await expect(client.send(update)).rejects.toMatchObject({ name: 'WAFOptimisticLockException' });
  });

  it("has a user's approximations in the place of its own, and says whose they are", async () => {
    const file = join(await makeTemporaryFolder('approximations'), 'rules.yaml');
    await writeFile(file, 'AWS#AWSManagedRulesSQLiRuleSet#SQLi_BODY: { pattern: "zebra", in: body }\n');
    const { url, notes } = await startAclLab(labWebAcl, { approximations: file });
    expect(await statusOf(`${url}/notes`, sqli)).toBe(200);
    expect(await statusOf(`${url}/notes`, { method: 'POST', body: 'a zebra' })).toBe(403);
    expect(notes).toEqual([
      expect.stringContaining(aclArn),
      expect.stringMatching(/SQLiRuleSet: the approximations of .*, which are not the rules of AWS/),
      expect.stringMatching(/CommonRuleSet: nothing stands in for its rules/),
    ]);
  });

  it('takes Terraform source, and tells the real SDK the web ACL that it makes of it', async () => {
    const file = join(await makeTemporaryFolder('terraform'), 'main.tf');
    await writeFile(file, terraform);
    const lab = await startLab({ waf: 'aws', engine: { acl: [file] } });
    onTestFinished(() => lab.close());
    expect(await statusOf(`${lab.url}/a`)).toBe(403);
    const client = new WAFV2Client({ endpoint: lab.environment?.['AWS_ENDPOINT_URL_WAFV2'] ?? '' });
    const { WebACL } = await client.send(
      new GetWebACLCommand({ Name: 'shop', Id: '00000000-0000-4000-8000-000000000000', Scope: 'REGIONAL' }),
    );
    expect(WebACL).toMatchObject({
      Name: 'shop',
      ARN: expect.stringContaining(':regional/webacl/shop/'),
      Capacity: 1,
      Rules: [{ Name: 'here', Action: { Block: {} }, Statement: { IPSetReferenceStatement: {} } }],
    });
    const { Capacity } = await client.send(new CheckCapacityCommand({ Scope: 'REGIONAL', Rules: [] }));
    expect(Capacity).toBe(0);
  });

  it.each([
    ['- a', 'it is no mapping of rules'],
    ['SQLi_BODY: { pattern: a, in: body }', '"SQLi_BODY" is not of the form AWS#Group#Rule'],
    ['AWS#G#R: { pattern: a, in: nowhere }', '"in" of AWS#G#R is not one of body'],
    ['AWS#G#R: { in: body }', 'AWS#G#R has no "pattern"'],
    ['AWS#G#R: { pattern: "(", in: body }', 'the pattern of AWS#G#R is not taken'],
  ])('refuses approximations such as %s', async (text, message) => {
    const file = join(await makeTemporaryFolder('approximations'), 'rules.yaml');
    await writeFile(file, text);
    await expect(startAclLab(labWebAcl, { approximations: file })).rejects.toMatchObject({
      code: 'LAB_APPROXIMATIONS',
      message: expect.stringContaining(message),
    });
  });
});
