import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { withholdAwsSdkNotice } from '../../src/cli/aws-sdk-notice.js';

const script = "import('@aws-sdk/client-wafv2').then((sdk) => new sdk.WAFV2Client({ region: 'eu-west-1' }))";

function whatNodeSays(env: Record<string, string | undefined>): string {
  return spawnSync(process.execPath, ['-e', script], { env, encoding: 'utf8' }).stderr;
}

it('the AWS SDK says nothing of versions of Node on standard error', () => {
  const env: Record<string, string | undefined> = { PATH: process.env['PATH'] };
  withholdAwsSdkNotice(env);
  expect(whatNodeSays(env)).toBe('');
});

it('who asks for the notice has it', () => {
  const env = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'false' };
  withholdAwsSdkNotice(env);
  expect(env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED).toBe('false');
});
