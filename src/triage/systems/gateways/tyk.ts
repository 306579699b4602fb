import { type CodeRow, patternsOf } from '../../code-rows.js';
import { header, json, status } from '../../sign.js';
import type { System } from '../../system.js';

const tykErrors: readonly CodeRow[] = [
  [
    'Access to this API has been disallowed',
    'unknown',
    'the key is unknown, or its policy does not cover this API: Tyk says the same for both',
    { or: ['gateway/api-key', 'gateway/not-authorized', 'gateway/subscription'], seen: ['tyk/disallowed'] },
  ],
  ['Key not authorised', 'api-key', 'the key is not known'],
  ['Key not authorized', 'api-key', 'the key is not known'],
  ['Access to this resource has been disallowed', 'not-authorized', 'the policy of the key does not cover this path'],
  [
    'access from this IP has been disallowed',
    'ip-denied',
    'the address is not among those that the API or the key allows',
  ],
  ['Key is inactive, please renew', 'api-key', 'the key is switched off'],
  ['Key has expired, please renew', 'token-expired', 'the key has expired'],
  ['Quota exceeded', 'quota', 'the quota of the key is used up, told with 403'],
  ['Rate limit exceeded', 'rate-limited', 'the rate limit of the key is reached'],
  ['API Rate limit exceeded', 'rate-limited', 'the rate limit of the API is reached'],
  ['Authorization field missing', 'authentication-required', 'there are no credentials'],
  ['Authorization field malformed', 'authentication-required', 'the credentials cannot be read'],
  ['Client certificate required', 'client-certificate', 'the API asks for a client certificate'],
  ['Certificate has expired', 'client-certificate', 'the client certificate has expired'],
  ['Request is too large', 'body-too-large', 'the body is over the limit of the endpoint'],
  ['This API version does not seem to exist', 'not-found', 'there is no such version of the API'],
  ['Requested endpoint is forbidden', 'path-denied', 'the endpoint is not on the allow list of the API'],
  ['Request signature verification failed', 'authentication-required', 'the signature does not fit'],
  ['Attempted access with non-existent key.', 'api-key', 'the key is not known'],
];

export const tykSystem: System = {
  id: 'tyk',
  name: 'Tyk',
  layer: 'gateway',
  source: 'Tyk 31e219be, gateway/mw_*.go',
  rides: [header('x-generator', /^tyk\.io/)],
  refusals: [
    ...patternsOf(tykErrors, (code) => ({
      id: `${code}`,
      by: 'code',
      all: [status(400, 401, 403, 429), json('error', code)],
      grade: 'proved',
      source: 'Tyk 31e219be, gateway/mw_*.go',
    })),
    {
      id: 'org-quota',
      by: 'code',
      all: [status(403), json('error', /^This organisation quota has been exceeded/)],
      cause: 'quota',
      grade: 'proved',
      says: 'the quota of the organisation is used up',
    },
    {
      id: 'jwt',
      by: 'code',
      all: [status(403), json('error', /^Key not authorized: /)],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the token is not accepted, for the reason that follows',
      or: ['gateway/token-expired'],
    },
    {
      id: 'jwt-expired',
      by: 'code',
      all: [status(401, 403), json('error', /^Key not authorized: .*(?:[Tt]oken is expired|token has expired)/)],
      cause: 'token-expired',
      grade: 'proved',
      says: 'the token has expired',
    },
    {
      id: 'schema',
      by: 'code',
      all: [status(422), json('error', /Does not match|is required|Invalid type/)],
      cause: 'malformed-request',
      grade: 'possible',
      says: 'the body does not fit the schema of the endpoint',
    },
  ],
  fixes: {
    'not-authorized':
      'add API and path to `access_rights` of the policy or key (`GET /tyk/keys/KEY`), and send the request again',
    'ip-denied':
      'add the address of the test machine to `allowed_ips` of the API definition (enable_ip_whitelisting), reload (`GET /tyk/reload/group`), and send the request again',
    'token-expired': 'renew the key: `expires` of `GET /tyk/keys/KEY`; for a JWT fetch a fresh one before each run',
    'rate-limited':
      'raise `rate` and `per` of the policy, or global_rate_limit of the API definition; reload, and send the request by itself',
    'authentication-required':
      'send the key in the header that `auth.auth_header_name` of the API definition names (Authorization unless told otherwise)',
    'client-certificate':
      'add the certificate to `client_certificates` of the API definition (`POST /tyk/certs`), and send it (`curl --cert … --key …`)',
    'body-too-large':
      'raise `size_limits` of the endpoint (or global_size_limit) in the API definition, reload, and send the same body again',
    'not-found':
      '`version_data.versions` and `listen_path` of the API definition have to fit: send the version where `definition.key` looks for it',
    'path-denied':
      'add the path to `white_list` of extended_paths, or take it out of `black_list`, in the API definition; reload, and send the request again',
    'malformed-request':
      '`validate_json` of extended_paths has the schema of the endpoint: send a body that fits, or correct the schema and reload',
    'api-key':
      'check that the key exists in this organisation and that its policy covers this API (`GET /tyk/keys/…`): Tyk says the same for an unknown key and for one without rights',
    quota: 'raise or reset the quota of the key; it is told with 403, and not with 429',
  },
};
