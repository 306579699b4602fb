import { afterEach, expect, test } from 'vitest';
import { objectsNamed } from '../../../../src/waf/aws/api/json-object.js';
import { wafproof } from '../../../cli/command-line.js';
import { withAwsEnvironment } from '../credentials.js';
import { aclArn } from '../sample-web-acl.js';
import { labWebAcl, startAclLab } from './lab-ground.js';

withAwsEnvironment({ AWS_REGION: 'eu-west-1' });

afterEach(() => {
  delete process.env['AWS_ENDPOINT_URL_WAFV2'];
});

/** Without rules that count requests, by whose limit probes would have to wait. */
const unlimited = {
  ...labWebAcl,
  Rules: objectsNamed(labWebAcl, 'Rules').filter((rule) => !JSON.stringify(rule).includes('RateBasedStatement')),
};

const suite = `suite: S
cases:
  - { id: plain, method: POST, path: /plain, form: { text: hello } }
  - { id: query, method: POST, path: /notes, form: { title: Fine, text: 'how to 1 UNION SELECT name FROM users' } }
`;

test('run --tune against the lab that stands in for AWS WAF finds the trigger by answers, and proves what clears it', async () => {
  const lab = await startAclLab(unlimited);
  const config = `targets:
  lab:
    url: ${lab.url}
    waf: { kind: aws, webAcl: ${lab.acl}, logs: { file: ${lab.log} } }
`;
  const files = { 's.yaml': suite, 'wafproof.config.yaml': config };
  const { stdout } = await wafproof(['run', 's.yaml', '--tune', '--out', './out'], { files });
  expect(stdout).toContain('AWS#AWSManagedRulesSQLiRuleSet#SQLi_BODY');
  expect(stdout).toMatch(/trigger .*\[\[.*union.*\]\]/i);
  expect(stdout).not.toMatch(/\[\[[^\]]*how to/);
  expect(stdout).toContain('1 of 1 false positive cleared, 0 still blocked');
});

test('check --acl takes the ARN of a web ACL, and asks the API that stands in for AWS', async () => {
  const lab = await startAclLab(unlimited);
  process.env['AWS_ENDPOINT_URL_WAFV2'] = lab.api;
  const teapot = 'suite: S\ncases:\n  - { id: teapot, method: POST, path: /teapot, form: { text: tea } }\n';
  const { stdout } = await wafproof(['check', 's.yaml', '--acl', aclArn, '--out', './out'], {
    files: { 's.yaml': teapot },
  });
  expect(stdout).toContain('no-teapots');
});
