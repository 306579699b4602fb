import type { LogDelay } from '../../src/contract/log-source.js';
import { readWebAclArn } from '../../src/waf/aws/api/web-acl-arn.js';
import type { LintId } from '../../src/waf/aws/lint/finding.js';
import { createAwsReader } from '../../src/waf/aws/logs/log-reader.js';
import { createCloudWatchSource } from '../../src/waf/aws/sources/cloudwatch-source.js';
import { createS3Source } from '../../src/waf/aws/sources/s3-source.js';
import { createSampledSource } from '../../src/waf/aws/sources/sampled-source.js';

const lints: Readonly<Record<LintId, string>> = {
  'override-of-no-rule': 'an override names a rule that no version of the group has: AWS passes it over in silence',
  'label-of-no-rule': 'a label match for a label that no rule sets; case matters',
  'label-too-late': 'a label match before the rule that sets the label',
  'reblock-after-allow': 'a rule that blocks again behind one that allows, which ends the evaluation',
  'size-never-matches': 'a size rule that can never match at the body limit of the web ACL',
  'rule-shadowed': 'a rule behind one that decides all that it matches',
  'excluded-rule': 'an exclusion in the old way (`ExcludedRules`), which newer tools reject',
  'forgeable-exemption': 'an exemption by what any client can send, such as a header',
  'version-expires': 'a pinned version of a group that expires within 30 days, or has expired',
  'not-sampled': 'a rule of which AWS keeps no samples',
  'not-measured': 'a rule whose matches AWS does not count',
  'not-logged': 'no full logs',
  'id-redacted': 'logs that hide the header by which requests are found',
  'group-counts': 'a whole group that only counts',
  'duplicate-priority': 'two rules with one priority',
  'over-capacity': 'more capacity than is paid for, or than there is',
  'regex-unsupported': 'a pattern that AWS does not take',
};

/** What can be told of a web ACL. */
export function lintRows(): readonly (readonly string[])[] {
  return Object.entries(lints).map(([id, means]) => [`\`${id}\``, means]);
}

const never = () => Promise.reject(new Error('nothing is asked here'));
const close = () => undefined;
const acl = readWebAclArn('arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/a/1');
const of = { prefix: 'w7-', from: 0 };

/** What tells of requests to AWS WAF, what names it in the config, and how long it takes. */
export function evidenceRows(): readonly (readonly string[])[] {
  const createReader = () => createAwsReader();
  const logs = createCloudWatchSource({ ...of, api: { filter: never, close }, group: 'g', reader: createReader() });
  const s3 = { list: none, read: none, close };
  const files = createS3Source({ ...of, api: s3, place: { bucket: 'b', prefix: '' }, acl, createReader });
  const samples = createSampledSource({ ...of, api: { ask: never, close }, acl, metrics: [], unsampled: [] });
  return [
    [
      'the answer, where it names its rule, is a declared custom response, or asks for a CAPTCHA or challenge',
      '`webAcl`',
      'none',
      'none',
    ],
    ['full logs in a file or of a command', '`logs.file`, `logs.command`', 'as it is written', ''],
    ['full logs in CloudWatch Logs', '`logs.cloudwatch`', ...times(logs.delay)],
    ['full logs in S3', '`logs.s3`, with the ARN in `webAcl`', ...times(files.delay)],
    ['GetSampledRequests', '`samples: true`, with the ARN in `webAcl`', ...times(samples.delay)],
  ];
}

async function* none(): AsyncGenerator<never> {}

function times({ typicalMs, longestMs }: LogDelay): readonly string[] {
  return [`${typicalMs / 1000} s`, `${longestMs / 60_000} min`];
}
