import { type CodeRow, patternsOf } from '../../code-rows.js';
import { header, status, xml } from '../../sign.js';
import type { System } from '../../system.js';

const ossCodes: readonly CodeRow[] = [
  ['AccessDenied', 'storage-policy', 'the bucket denies it: a policy, an ACL, or its Referer list'],
  ['SignatureDoesNotMatch', 'signed-url', 'the signature does not fit the request'],
  ['InvalidAccessKeyId', 'authentication-required', 'the access key is not known'],
  ['RequestTimeTooSkewed', 'signed-url', 'the clock of the client is off'],
  ['UserDisable', 'quota', 'the account is in arrears'],
];

export const aliyunOssSystem: System = {
  id: 'aliyun-oss',
  name: 'Alibaba Cloud OSS',
  layer: 'storage',
  source: 'https://www.alibabacloud.com/help/en/oss/user-guide/error-responses',
  rides: [header('x-oss-request-id'), header('server', /^AliyunOSS/)],
  refusals: [
    ...patternsOf(ossCodes, (code) => ({
      id: `${code}`,
      by: 'code',
      all: [status(403), xml('Code', code), header('x-oss-request-id')],
      grade: 'proved',
      source: 'https://www.alibabacloud.com/help/en/oss/user-guide/error-responses',
    })),
    {
      id: 'expired',
      by: 'code',
      all: [
        status(403),
        xml('Code', 'AccessDenied'),
        xml('Message', /^Request has expired/),
        header('x-oss-request-id'),
      ],
      cause: 'signed-url',
      grade: 'proved',
      says: 'the signed URL has expired',
      instead: ['AccessDenied'],
    },
  ],
  fixes: {
    'storage-policy':
      '`ossutil stat oss://B` shows the ACL: allow the action in the bucket policy or RAM policy for that prefix and identity (EC in the answer names the check), and request it again',
    'signed-url':
      'make a fresh one (`ossutil sign oss://B/K --timeout 3600`); StringToSign in the answer shows what it was compared with',
    'authentication-required':
      'send an AccessKey that is enabled (RAM console > AccessKey), with its SecurityToken where it is temporary',
    quota: 'the account is in arrears or over a limit: the console of OSS shows which; then request it again',
  },
  references: [{ header: 'x-oss-request-id', as: 'request id' }],
};
