import { header, json, status } from '../../sign.js';
import type { RefusalPattern } from '../../system.js';

/** Of services of AWS (Cognito, AppSync, DynamoDB, …), whose errors have the header of those of Amazon API Gateway. */
export const awsServices: readonly RefusalPattern[] = [
  {
    id: 'service-unauthenticated',
    by: 'header',
    all: [
      status(400),
      header('x-amzn-errortype', /^(?:NotAuthorized|UserNotFound|UserNotConfirmed|PasswordResetRequired)Exception/),
    ],
    cause: 'authentication-required',
    layer: 'application',
    grade: 'proved',
    says: 'a service of AWS (Cognito) does not accept the user or the password',
  },
  {
    id: 'service-denied',
    by: 'header',
    all: [status(400), header('x-amzn-errortype', /^(?:AccessDenied|UnauthorizedOperation)/)],
    cause: 'not-authorized',
    layer: 'application',
    grade: 'proved',
    says: 'a service of AWS: no IAM policy allows the action',
  },
  {
    id: 'service-throttled',
    by: 'header',
    all: [
      status(400),
      header('x-amzn-errortype', /^(?:Throttling|ProvisionedThroughputExceeded|RequestLimitExceeded|TooManyRequests)/),
    ],
    cause: 'rate-limited',
    layer: 'application',
    grade: 'proved',
    says: 'a service of AWS limits requests',
  },
  {
    id: 'service-signature',
    by: 'header',
    all: [
      status(400),
      header(
        'x-amzn-errortype',
        /^(?:UnrecognizedClient|InvalidSignature|MissingAuthenticationToken|IncompleteSignature|ExpiredToken)/,
      ),
    ],
    cause: 'authentication-required',
    layer: 'application',
    grade: 'proved',
    says: 'a service of AWS does not accept the signature or the token',
  },
  {
    id: 'appsync-unauthorized',
    by: 'code',
    all: [status(401, 403), json('errors.*.errorType', /^(?:Unauthorized|UnauthorizedException)$/)],
    cause: 'authentication-required',
    grade: 'likely',
    says: 'AppSync does not accept the credentials',
    or: ['gateway/not-authorized'],
  },
];
