import { type CodeRow, patternsOf } from '../../code-rows.js';
import { header, json, status } from '../../sign.js';
import type { System } from '../../system.js';

const statuses: readonly CodeRow[] = [
  [
    'PERMISSION_DENIED',
    'not-authorized',
    'the caller lacks a permission, or the API is not enabled for its project',
    { or: ['gateway/not-authorized', 'gateway/subscription'] },
  ],
  ['UNAUTHENTICATED', 'authentication-required', 'the credentials are missing or not valid'],
  ['RESOURCE_EXHAUSTED', 'quota', 'a quota is used up'],
];

const reasons: readonly CodeRow[] = [
  ['API_KEY_INVALID', 'api-key', 'the API key is not valid'],
  ['API_KEY_SERVICE_BLOCKED', 'api-key', 'the API key may not call this API'],
  ['API_KEY_HTTP_REFERRER_BLOCKED', 'referer-denied', 'the API key is bound to other sites'],
  ['API_KEY_IP_ADDRESS_BLOCKED', 'ip-denied', 'the API key is bound to other addresses'],
  ['SERVICE_DISABLED', 'subscription', 'the API is not enabled for the project'],
  ['RATE_LIMIT_EXCEEDED', 'rate-limited', 'a rate limit is reached'],
  ['ACCESS_TOKEN_EXPIRED', 'token-expired', 'the access token has expired'],
  ['ACCESS_TOKEN_SCOPE_INSUFFICIENT', 'not-authorized', 'the access token lacks a scope'],
];

export const googleApiSystem: System = {
  id: 'google-api',
  name: 'Google APIs',
  layer: 'gateway',
  source: 'https://cloud.google.com/apis/design/errors',
  rides: [header('server', /^ESF$/)],
  refusals: [
    ...patternsOf(statuses, (code) => ({
      id: `${code}`,
      by: 'code',
      all: [status(401, 403, 429), json('error.status', code), json('error.code')],
      ...(code === 'PERMISSION_DENIED' && { layer: 'application' as const }),
      grade: 'proved',
      source: 'https://cloud.google.com/apis/design/errors',
    })),
    ...patternsOf(reasons, (code) => ({
      id: `${code}`,
      by: 'code',
      all: [
        status(400, 401, 403, 429),
        json('error.details.*.reason', code),
        json('error.code'),
        json('error.message'),
      ],
      grade: 'proved',
      source: 'https://cloud.google.com/apis/design/errors',
    })),
    {
      id: 'quota-old',
      by: 'code',
      all: [status(403), json('error.errors.*.reason', /^(?:quotaExceeded|dailyLimitExceeded)$/)],
      cause: 'quota',
      grade: 'proved',
      says: 'the quota of the project is used up',
    },
    {
      id: 'rate-old',
      by: 'code',
      all: [status(403, 429), json('error.errors.*.reason', /^(?:userRateLimitExceeded|rateLimitExceeded)$/)],
      cause: 'rate-limited',
      grade: 'proved',
      says: 'a rate limit is reached, told with 403',
    },
  ],
  fixes: {
    'not-authorized':
      '`error.details` names the permission: grant a role that has it (`gcloud projects add-iam-policy-binding`); `gcloud policy-troubleshoot iam` tells which binding is missing; then send the request again',
    'authentication-required':
      'send a fresh access token (`gcloud auth print-access-token`) with the scope that the method lists in its reference',
    quota:
      '`error.details` names quota_limit and the consumer: raise it under IAM > Quotas, or set the right quota project (x-goog-user-project); then send the request again',
    'api-key':
      'send a key of this project (APIs & Services > Credentials) that has this API among its API restrictions: `gcloud services api-keys list` shows them',
    'referer-denied':
      'add the site to Website restrictions of the key (`gcloud services api-keys update --allowed-referrers`), and send that Referer',
    'ip-denied':
      'add the address of the test machine to the restrictions of the key (`gcloud services api-keys update --allowed-ips`), and send the request again',
    subscription:
      '`gcloud services enable API` in the project that `error.details` names (SERVICE_DISABLED) or set up its billing; wait a few minutes, and send the request again',
    'rate-limited':
      'wait as `error.details` (RetryInfo) says and lower --rate, or raise the quota per minute under IAM > Quotas',
    'token-expired': 'fetch a fresh access token before each run (`gcloud auth print-access-token`): one lives an hour',
  },
};
