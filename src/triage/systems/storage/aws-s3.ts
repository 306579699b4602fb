import { type CodeRow, patternsOf } from '../../code-rows.js';
import { header, heading, logged, markup, no, status, title, xml } from '../../sign.js';
import type { System } from '../../system.js';

const s3Codes: readonly CodeRow[] = [
  [
    'AccessDenied',
    'storage-policy',
    'the bucket denies it: a policy, an ACL, Block Public Access, or a key that does not exist',
    { or: ['storage/signed-url', 'storage/not-found'] },
  ],
  [
    'SignatureDoesNotMatch',
    'signed-url',
    'the signature does not fit the request',
    { or: ['storage/authentication-required'], seen: ['aws-s3/signature'] },
  ],
  ['InvalidAccessKeyId', 'authentication-required', 'the access key is not known'],
  ['RequestTimeTooSkewed', 'signed-url', 'the clock of the client is off by more than 15 minutes'],
  ['ExpiredToken', 'token-expired', 'the session token has expired'],
  ['TokenRefreshRequired', 'token-expired', 'the session token has to be refreshed'],
  ['InvalidToken', 'authentication-required', 'the session token is not valid'],
  ['AccessForbidden', 'cors', 'no CORS rule of the bucket allows this origin and method'],
  ['AllAccessDisabled', 'storage-policy', 'the bucket is closed altogether'],
  ['AccountProblem', 'quota', 'something is wrong with the account of the bucket'],
  ['InvalidObjectState', 'storage-policy', 'the object is archived and has to be restored first'],
  ['MethodNotAllowed', 'method-denied', 'the resource takes no such method: a website endpoint takes no POST'],
  ['EntityTooLarge', 'body-too-large', 'the upload is over the limit of the policy'],
  ['InvalidPolicyDocument', 'malformed-request', 'the policy of the form is not valid'],
  ['SlowDown', 'rate-limited', 'there are too many requests for this prefix'],
  ['NoSuchKey', 'not-found', 'there is no such key'],
  ['NoSuchBucket', 'not-found', 'there is no such bucket'],
  ['RequestTimeout', 'connection-dropped', 'the body came too slowly'],
  ['AuthorizationHeaderMalformed', 'signed-url', 'the Authorization header has the wrong region or form'],
  ['AuthorizationQueryParametersError', 'signed-url', 'the parameters of the signed URL are not valid'],
  ['InvalidSecurity', 'authentication-required', 'the credentials are not valid'],
  ['CredentialsNotSupported', 'authentication-required', 'the request takes no credentials'],
];

export const awsS3System: System = {
  id: 'aws-s3',
  name: 'Amazon S3',
  layer: 'storage',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html',
  rides: [header('x-amz-request-id'), header('server', /^AmazonS3/)],
  refusals: [
    ...patternsOf(s3Codes, (code) => ({
      id: `${code}`,
      by: 'code',
      all: [xml('Code', code), markup('<Error>'), no(header('server', /^CloudFront/))],
      grade: 'proved',
      source: 'https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html',
    })),
    {
      id: 'expired',
      by: 'code',
      all: [
        status(403),
        xml('Code', 'AccessDenied'),
        xml('Message', /^Request has expired/),
        no(header('server', /^CloudFront/)),
      ],
      cause: 'signed-url',
      grade: 'proved',
      says: 'the signed URL has expired',
      instead: ['AccessDenied'],
    },
    {
      id: 'policy-condition',
      by: 'code',
      all: [
        status(403),
        xml('Code', 'AccessDenied'),
        xml('Message', /^Invalid according to Policy/),
        no(header('server', /^CloudFront/)),
      ],
      cause: 'storage-policy',
      grade: 'proved',
      says: "the upload does not meet a condition of the form's policy",
      instead: ['AccessDenied'],
      or: ['storage/signed-url', 'storage/malformed-request'],
      fix: 'compare the fields of the form with the conditions of its policy: every field needs a condition that fits; sign the policy afresh',
      seen: ['aws-s3/post-policy-condition'],
    },
    {
      id: 'website',
      by: 'page',
      all: [status(403), title('403 Forbidden'), heading('403 Forbidden'), markup('<li>Code: AccessDenied</li>')],
      cause: 'storage-policy',
      grade: 'proved',
      says: 'the website endpoint of the bucket denies it',
      or: ['storage/not-found'],
    },
    {
      id: 'website-405',
      by: 'page',
      all: [status(405), markup('<li>Code: MethodNotAllowed</li>'), heading('405 Method Not Allowed')],
      cause: 'method-denied',
      grade: 'proved',
      says: 'the website endpoint of the bucket takes GET and HEAD only',
    },
    {
      id: 'log',
      by: 'log',
      all: [status(403), logged('aws-s3', 'AccessDenied', 'code')],
      cause: 'storage-policy',
      grade: 'proved',
      says: 'the access log of the bucket says AccessDenied',
    },
    {
      id: 'log-signature',
      by: 'log',
      all: [logged('aws-s3', /^(?:SignatureDoesNotMatch|RequestTimeTooSkewed|ExpiredToken)$/, 'code')],
      cause: 'signed-url',
      grade: 'proved',
      says: 'the access log of the bucket names what is wrong with the signature',
    },
  ],
  fixes: {
    'authentication-required':
      'sign the request with keys of a user that exists (`aws sts get-caller-identity`, `curl --aws-sigv4`), or send no Authorization at all to a public object',
    'token-expired':
      'fetch fresh temporary credentials (`aws sts get-session-token`, or those of the role) before each run, and sign again',
    quota:
      '`aws service-quotas list-service-quotas --service-code s3` shows the limit (buckets, policies): raise it, and send the request again',
    'method-denied':
      'the website endpoint takes GET and HEAD: send it to the REST endpoint (BUCKET.s3.REGION.amazonaws.com), signed',
    'body-too-large':
      'a single PUT takes 5 GB and a POST what content-length-range of its policy says: raise that, or use a multipart upload (`aws s3 cp`)',
    'malformed-request':
      'Code and Message name the part: compare it with the reference of the operation (Content-MD5, x-amz-content-sha256, XML of the body), and send it again with `aws s3api --debug` beside it',
    'rate-limited':
      'SlowDown: spread keys over prefixes (3,500 writes and 5,500 reads a second for each), or lower --rate; then send the request by itself',
    'not-found':
      '`aws s3api head-object --bucket B --key K` with rights to list tells a missing key from a denied one; upload it, and request it again',
    'connection-dropped':
      'RequestTimeout: the body came more slowly than it has to, or is shorter than Content-Length; send it whole at once',
    'storage-policy':
      '`aws s3api get-bucket-policy` and `get-public-access-block`: allow the action for this identity on that prefix only (behind CloudFront: its origin access control), and check with `head-object` that the key exists, since a missing one is 403 too',
    'signed-url': 'sign afresh with the right region, method and headers; compare the clocks',
    cors: 'add the origin and the method to the CORS configuration of the bucket',
  },
  references: [{ header: 'x-amz-request-id', as: 'request id' }],
};
