import { type CodeRow, patternsOf } from '../../code-rows.js';
import { header, json, status, xml } from '../../sign.js';
import type { System } from '../../system.js';

const gcsCodes: readonly CodeRow[] = [
  ['AccessDenied', 'storage-policy', 'IAM or the ACL of the bucket denies it'],
  ['UserProjectAccountProblem', 'quota', 'something is wrong with the billing of the project'],
  ['AuthenticationRequired', 'authentication-required', 'there are no credentials'],
  ['ExpiredToken', 'signed-url', 'the signed URL has expired'],
  ['SignatureDoesNotMatch', 'signed-url', 'the signature does not fit the request'],
];

export const googleStorageSystem: System = {
  id: 'google-storage',
  name: 'Google Cloud Storage',
  layer: 'storage',
  source: 'https://cloud.google.com/storage/docs/xml-api/reference-status',
  rides: [header('x-guploader-uploadid'), header('x-goog-hash')],
  refusals: [
    ...patternsOf(gcsCodes, (code) => ({
      id: `${code}`,
      by: 'code',
      all: [status(400, 401, 403), xml('Code', code), header('x-guploader-uploadid')],
      grade: 'proved',
      source: 'https://cloud.google.com/storage/docs/xml-api/reference-status',
    })),
    {
      id: 'json',
      by: 'code',
      all: [
        status(401, 403),
        json('error.errors.*.domain', 'global'),
        json('error.message', /does not have storage\.[\w.]+ access/),
      ],
      cause: 'storage-policy',
      grade: 'proved',
      says: 'IAM denies the named permission on the object',
    },
  ],
  fixes: {
    'storage-policy':
      '`gcloud storage buckets get-iam-policy gs://B` shows who may: grant roles/storage.objectViewer (or objectCreator) on that bucket or prefix to the identity that asks, and request it again',
    quota:
      '`error.details` names the quota: raise it under IAM > Quotas, or set the user project (requester pays, `userProject=`)',
    'authentication-required':
      'send a fresh token (`gcloud auth print-access-token`), or HMAC keys that are ACTIVE (`gcloud storage hmac list`)',
    'signed-url':
      'make a fresh one (`gcloud storage sign-url --duration=1h gs://B/K`) with the method and headers that are sent; StringToSign in the answer shows what it was compared with',
  },
};
