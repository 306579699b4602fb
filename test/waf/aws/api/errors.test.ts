import { afterEach, describe, expect, it } from 'vitest';
import { WafproofError } from '../../../../src/model/error.js';
import { openWafApi } from '../../../../src/waf/aws/api/waf-api.js';
import { withAwsEnvironment } from '../credentials.js';
import { aclArn } from '../sample-web-acl.js';
import { exception, type Scripted, startAnswering } from './answering.js';

withAwsEnvironment();

const token = 'IQoJb3JpZ2luX2VjEXAMPLE';
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  delete process.env['AWS_ENDPOINT_URL_WAFV2'];
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function problemWith(...answers: readonly [Scripted, ...Scripted[]]): Promise<WafproofError> {
  const server = await startAnswering(...answers);
  closing.push(server.close);
  process.env['AWS_ENDPOINT_URL_WAFV2'] = server.url;
  return problemOf();
}

async function problemOf(): Promise<WafproofError> {
  const api = await openWafApi({ region: 'eu-west-1', perSecond: 1000 });
  try {
    await api.ask('GetWebACL', { ARN: aclArn }, 'web ACL staging');
  } catch (error) {
    if (error instanceof WafproofError) return error;
    throw error;
  } finally {
    api.close();
  }
  throw new Error('nothing went wrong');
}

const earlier = new Date(Date.now() - 1000_000).toUTCString();
const unsigned = `The Canonical String for this request should have been\n'POST\n/\n\nx-amz-security-token:${token}\n'`;

/** What AWS answers, and the code and a part of the message that the user gets. */
const answers: readonly (readonly [why: string, answer: Scripted, code: string, says: string])[] = [
  [
    'a clock that is wrong',
    exception('InvalidSignatureException', 'Signature expired: 20260101T000000Z is now earlier than …', {
      date: earlier,
    }),
    'AWS_CLOCK_SKEW',
    's ahead of that of AWS); set it by NTP',
  ],
  [
    'a clock that S3 calls wrong',
    exception('RequestTimeTooSkewed', 'The difference …'),
    'AWS_CLOCK_SKEW',
    'set it by NTP',
  ],
  [
    'a token that has expired',
    exception('ExpiredTokenException', `${token} expired`),
    'AWS_CREDENTIALS_EXPIRED',
    'aws sso login',
  ],
  [
    'a key that nobody knows',
    exception('UnrecognizedClientException', token),
    'AWS_CREDENTIALS_INVALID',
    'AWS_SESSION_TOKEN',
  ],
  [
    'a signature that is wrong',
    exception('InvalidSignatureException', unsigned),
    'AWS_CREDENTIALS_INVALID',
    'get-caller-identity',
  ],
  [
    'a permission that is missing',
    exception(
      'AccessDeniedException',
      'User: arn:aws:iam::111122223333:user/ada is not authorized to perform: wafv2:GetWebACL on resource: … because no identity-based policy allows the wafv2:GetWebACL action',
    ),
    'AWS_ACCESS_DENIED',
    'arn:aws:iam::111122223333:user/ada may not do wafv2:GetWebACL; allow it: "wafproof doctor --print-setup aws-policy"',
  ],
  [
    'a permission that is missing and not named',
    exception('AccessDenied', ''),
    'AWS_ACCESS_DENIED',
    'the identity of the AWS credentials may not do wafv2:GetWebACL',
  ],
  [
    'an ARN that is unknown',
    exception('WAFNonexistentItemException', ''),
    'AWS_NOT_FOUND',
    'no web ACL staging in eu-west-1',
  ],
  [
    'a page of HTML with an error',
    { status: 500, headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>500</title>' },
    'AWS_NOT_AN_API',
    'answered wafv2:GetWebACL with status 500 and a page that is no answer of the AWS API; check AWS_ENDPOINT_URL',
  ],
  ['a page of HTML that looks fine', { body: '<html>Welcome</html>' }, 'AWS_NOT_AN_API', 'status 200'],
  ['no answer at all', { body: '' }, 'AWS_NOT_AN_API', 'status 200'],
  [
    'what else it refuses',
    exception('WAFInvalidOperationException', 'It is\u001b[31m not valid.\nMore of it'),
    'AWS_FAILED',
    'AWS refused wafv2:GetWebACL (WAFInvalidOperationException): It is\\x1b[31m not valid; look the name up',
  ],
];

describe('an answer of what stands in for AWS', () => {
  it.each(answers)('that tells of %s is one clear message', async (_, answer, code, says) => {
    const problem = await problemWith(answer);
    expect([problem.code, problem.problems.length]).toEqual([code, 1]);
    expect(problem.message).toContain(says);
    expect(problem.message).not.toContain(token);
    expect(problem.message.split('\n')).toHaveLength(1);
  });

  it('that throttles is tried again, and told when it does so for ever', async () => {
    const throttled = exception('ThrottlingException', 'Rate exceeded');
    const problem = await problemWith(throttled);
    expect([problem.code, problem.message]).toEqual(['AWS_THROTTLED', expect.stringContaining('wafv2:GetWebACL')]);
  });

  it('that throttles once costs nothing but time', async () => {
    const server = await startAnswering(exception('ThrottlingException', ''), { body: '{"WebACL":{}}' });
    closing.push(server.close);
    process.env['AWS_ENDPOINT_URL_WAFV2'] = server.url;
    const api = await openWafApi({ region: 'eu-west-1', perSecond: 1000 });
    expect(await api.ask('GetWebACL', { ARN: aclArn }, 'web ACL')).toEqual({ WebACL: {} });
    expect(server.asked).toHaveLength(2);
    api.close();
  });
});

describe('without an answer of what stands in for AWS', () => {
  it('an endpoint where nobody listens is named', async () => {
    process.env['AWS_ENDPOINT_URL_WAFV2'] = 'http://127.0.0.1:1';
    const problem = await problemOf();
    expect([problem.code, problem.message]).toEqual([
      'AWS_UNREACHABLE',
      expect.stringContaining('http://127.0.0.1:1 cannot be reached (connection refused)'),
    ]);
  });

  it.each([
    ['missing credentials are told before anything is sent', {}],
    ['a profile that is not there has none', { AWS_PROFILE: 'stagign' }],
  ])('%s', async (_, variables) => {
    const before = process.env;
    const { AWS_ACCESS_KEY_ID: _id, AWS_SECRET_ACCESS_KEY: _secret, ...others } = before;
    process.env = { ...others, ...variables };
    const problem = await problemOf().finally(() => {
      process.env = before;
    });
    expect([problem.code, problem.message]).toEqual([
      'AWS_CREDENTIALS_MISSING',
      expect.stringContaining('set AWS_PROFILE to a profile that is in ~/.aws/config'),
    ]);
  });
});
