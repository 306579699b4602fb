import { json, jsonKeys, status } from '../../sign.js';
import type { System } from '../../system.js';

export const azureApimSystem: System = {
  id: 'azure-apim',
  name: 'Azure API Management',
  layer: 'gateway',
  source: 'https://learn.microsoft.com/en-us/azure/api-management/api-management-error-handling-policies',
  rides: [],
  refusals: [
    {
      id: 'key-missing',
      by: 'code',
      all: [status(401), json('statusCode'), json('message', /^Access denied due to missing subscription key/)],
      cause: 'api-key',
      grade: 'proved',
      says: 'there is no subscription key',
    },
    {
      id: 'key-invalid',
      by: 'code',
      all: [status(401), json('statusCode'), json('message', /^Access denied due to invalid subscription key/)],
      cause: 'api-key',
      grade: 'proved',
      says: 'the subscription key is not known',
    },
    {
      id: 'key-inactive',
      by: 'code',
      all: [
        status(401),
        json('statusCode'),
        json('message', /^(?:Access denied due to .*not active|Subscription is not active)/),
      ],
      cause: 'subscription',
      grade: 'proved',
      says: 'the subscription is not active',
    },
    {
      id: 'quota',
      by: 'code',
      all: [status(403), json('statusCode'), json('message', /^Out of call volume quota/)],
      cause: 'quota',
      grade: 'proved',
      says: 'the quota of the subscription is used up, told with 403',
    },
    {
      id: 'bandwidth',
      by: 'code',
      all: [status(403), json('statusCode'), json('message', /^Out of bandwidth quota/)],
      cause: 'quota',
      grade: 'proved',
      says: 'the bandwidth quota of the subscription is used up, told with 403',
    },
    {
      id: 'rate',
      by: 'code',
      all: [status(429), json('statusCode'), json('message', /^Rate limit is exceeded/)],
      cause: 'rate-limited',
      grade: 'proved',
      says: 'the rate limit of the subscription is reached',
    },
    {
      id: 'route',
      by: 'code',
      all: [
        status(404),
        json('statusCode'),
        json('message', /^(?:Resource not found|Unable to match incoming request to an operation)/),
      ],
      cause: 'not-found',
      grade: 'proved',
      says: 'no operation of the API fits method and path',
    },
    {
      id: 'jwt',
      by: 'code',
      all: [
        status(401),
        json('statusCode'),
        json('message', /^(?:Unauthorized\. Access token is missing or invalid|JWT not present|JWT is not valid)/),
      ],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the validate-jwt policy does not accept the token',
    },
    {
      id: 'jwt-expired',
      by: 'code',
      all: [status(401), json('statusCode'), json('message', /^TokenExpired|token is expired/i)],
      cause: 'token-expired',
      grade: 'proved',
      says: 'the token has expired',
    },
    {
      id: 'ip',
      by: 'code',
      all: [status(403), json('statusCode'), json('message', /^(?:Caller IP .* is not allowed|Forbidden\. .*IP)/)],
      cause: 'ip-denied',
      grade: 'proved',
      says: 'the ip-filter policy refuses the address',
    },
    {
      id: 'certificate',
      by: 'code',
      all: [status(403), json('statusCode'), json('message', /[Cc]lient certificate/)],
      cause: 'client-certificate',
      grade: 'proved',
      says: 'a policy asks for a client certificate',
    },
    {
      id: 'header',
      by: 'code',
      all: [
        status(401, 403),
        json('statusCode'),
        json('message', /^Header .{1,100} (?:was not found|value of .* was not allowed)/),
      ],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the check-header policy refuses it',
    },
    {
      id: 'backend',
      by: 'code',
      all: [
        status(500, 502, 503),
        json('statusCode'),
        json('message', /^(?:Internal server error|The request could not be processed)/i),
      ],
      cause: 'upstream-down',
      grade: 'proved',
      says: 'the backend behind the gateway failed',
    },
    {
      id: 'forbidden',
      by: 'code',
      all: [status(403), jsonKeys('statusCode', 'message'), json('message', 'Forbidden')],
      cause: 'ip-denied',
      grade: 'possible',
      says: 'the answer of the ip-filter policy, and of a return-response without words of its own',
      or: ['gateway/not-authorized', 'application/not-authorized'],
      source: 'https://learn.microsoft.com/en-us/azure/api-management/ip-filter-policy',
    },
  ],
  fixes: {
    subscription:
      'portal > APIs > Subscriptions: activate the subscription of the key (`az rest` on .../subscriptions), and send the request again',
    'rate-limited':
      'raise calls and renewal-period of the rate-limit or rate-limit-by-key policy of the product or API, or lower --rate; then send the request by itself',
    'not-found':
      'portal > APIs > Design: method and URL template have to fit, with the API URL suffix and version before them; Test shows the URL; then request it again',
    'authentication-required':
      'compare iss, aud and required-claims with openid-config, audiences and issuers of the validate-jwt policy (Ocp-Apim-Trace shows the failed check), and send a token that fits',
    'token-expired': 'fetch a fresh token before each run; clock-skew of validate-jwt allows for clocks that differ',
    'ip-denied':
      'add the address of the test machine to `<ip-filter action="allow">` of the API or product policy, save, and send the request again',
    'client-certificate':
      'send the certificate (`curl --cert … --key …`); negotiateClientCertificate of the host name has to be on, and validate-client-certificate to accept its thumbprint or issuer',
    'not-authorized':
      'send the header with a value that `<check-header>` lists, and look at the other policies of the scope with Ocp-Apim-Trace; then send the request again',
    'upstream-down':
      'Ocp-Apim-Trace or the gateway log shows the backend URL and its error: mend set-backend-service, certificate or timeout, and send the request again',
    'api-key':
      'send Ocp-Apim-Subscription-Key (or the name that the API gives it) with a key of an active subscription to a product that has this API',
    quota:
      'wait as long as the message says, or raise quota-by-key for the subscription of the tests; it is told with 403',
  },
};
