import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { RunningLab } from '../../../../src/contract/lab-server.js';
import type { StartLabOptions } from '../../../../src/model/options.js';
import { startLab } from '../../../../src/pipeline/lab.js';
import { makeTemporaryFolder } from '../../../../src/util/temporary-folder.js';
import type { JsonObject } from '../../../../src/waf/aws/api/json-object.js';
import { aclArn } from '../sample-web-acl.js';

const visible = (name: string): JsonObject => ({
  SampledRequestsEnabled: true,
  CloudWatchMetricsEnabled: true,
  MetricName: `${name}-metric`,
});

const pathIs = (path: string): JsonObject => ({
  ByteMatchStatement: {
    SearchString: Buffer.from(path).toString('base64'),
    FieldToMatch: { UriPath: {} },
    TextTransformations: [{ Priority: 0, Type: 'NONE' }],
    PositionalConstraint: 'EXACTLY',
  },
});

/** A rule of one's own. */
export function own(Name: string, Priority: number, Action: JsonObject, Statement: JsonObject): JsonObject {
  return { Name, Priority, Action, Statement, VisibilityConfig: visible(Name) };
}

function group(Name: string, Priority: number, group: string, more: JsonObject = {}): JsonObject {
  const Statement = { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: group, ...more } };
  return { Name, Priority, OverrideAction: { None: {} }, Statement, VisibilityConfig: visible(Name) };
}

/** Rules of one's own, the common rules and those against SQL injection, and a rate rule on one path. */
export const labWebAcl: JsonObject = {
  Name: 'staging',
  Id: '11111111-2222-4333-8444-555555555555',
  ARN: aclArn,
  DefaultAction: { Allow: {} },
  VisibilityConfig: visible('staging'),
  CustomResponseBodies: { teapot: { ContentType: 'TEXT_PLAIN', Content: 'no teapots here' } },
  Rules: [
    own(
      'no-teapots',
      10,
      {
        Block: {
          CustomResponse: {
            ResponseCode: 409,
            CustomResponseBodyKey: 'teapot',
            ResponseHeaders: [{ Name: 'x-refused-by', Value: 'no-teapots' }],
          },
        },
      },
      pathIs('/teapot'),
    ),
    own('prove-it', 20, { Captcha: {} }, pathIs('/puzzle')),
    own(
      'mark',
      30,
      { Count: { CustomRequestHandling: { InsertHeaders: [{ Name: 'seen', Value: 'yes' }] } } },
      pathIs('/marked'),
    ),
    own(
      'slowly',
      40,
      { Block: {} },
      { RateBasedStatement: { Limit: 10, AggregateKeyType: 'IP', ScopeDownStatement: pathIs('/busy') } },
    ),
    group('core', 50, 'AWSManagedRulesCommonRuleSet', {
      RuleActionOverrides: [{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }],
    }),
    group('sql', 60, 'AWSManagedRulesSQLiRuleSet'),
  ],
};

/** A lab of AWS WAF with a web ACL, and its log. */
export async function startAclLab(
  acl: JsonObject = labWebAcl,
  options: StartLabOptions = {},
): Promise<RunningLab & { readonly log: string; readonly acl: string; readonly api: string }> {
  const folder = await makeTemporaryFolder('aws-lab');
  const file = join(folder, 'acl.json');
  const log = join(folder, 'waf.log');
  await writeFile(file, JSON.stringify({ WebACL: acl }));
  const lab = await startLab({ waf: 'aws', auditLog: log, ...options, engine: { acl: [file], ...options.engine } });
  onTestFinished(() => lab.close());
  return { ...lab, log, acl: file, api: lab.environment?.['AWS_ENDPOINT_URL_WAFV2'] ?? '' };
}
