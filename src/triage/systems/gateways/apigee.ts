import { header, json, status } from '../../sign.js';
import type { System } from '../../system.js';

export const apigeeSystem: System = {
  id: 'apigee',
  name: 'Apigee',
  layer: 'gateway',
  source: 'https://cloud.google.com/apigee/docs/api-platform/reference/policies/error-code-reference',
  rides: [header('x-apigee-message-id')],
  refusals: [
    {
      id: 'code-api-key-0',
      by: 'code',
      all: [
        json('fault.faultstring'),
        json(
          'fault.detail.errorcode',
          /^(?:oauth\.v2\.(?:FailedToResolveAPIKey|InvalidApiKey)|steps\.oauth\.v2\.(?:FailedToResolveAPIKey|InvalidApiKey))$/,
        ),
      ],
      cause: 'api-key',
      grade: 'proved',
      says: 'the key is missing or not known',
    },
    {
      id: 'code-subscription-1',
      by: 'code',
      all: [
        json('fault.faultstring'),
        json('fault.detail.errorcode', /^(?:(?:steps\.)?oauth\.v2\.InvalidApiKeyForGivenResource)$/),
      ],
      cause: 'subscription',
      grade: 'proved',
      says: 'the API product of this key does not have the resource',
    },
    {
      id: 'code-token-expired-2',
      by: 'code',
      all: [
        json('fault.faultstring'),
        json(
          'fault.detail.errorcode',
          /^(?:(?:keymanagement\.service|steps\.oauth\.v2|oauth\.v2)\.(?:access_token_expired|AccessTokenExpired))$/,
        ),
      ],
      cause: 'token-expired',
      grade: 'proved',
      says: 'the access token has expired',
    },
    {
      id: 'code-authentication-required-3',
      by: 'code',
      all: [
        json('fault.faultstring'),
        json(
          'fault.detail.errorcode',
          /^(?:(?:keymanagement\.service\.)?(?:invalid_access_token|InvalidAccessToken)|steps\.oauth\.v2\.(?:InvalidAccessToken|invalid_access_token|FailedToResolveToken)|oauth\.v2\.InvalidAccessToken)$/,
        ),
      ],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the access token is not known',
    },
    {
      id: 'code-not-authorized-4',
      by: 'code',
      all: [
        json('fault.faultstring'),
        json(
          'fault.detail.errorcode',
          /^(?:(?:keymanagement\.service|steps\.oauth\.v2|oauth\.v2)\.(?:InsufficientScope|insufficient_scope))$/,
        ),
      ],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the access token lacks a scope',
    },
    {
      id: 'code-subscription-5',
      by: 'code',
      all: [
        json('fault.faultstring'),
        json(
          'fault.detail.errorcode',
          /^(?:(?:keymanagement\.service\.)?(?:apiresource_doesnot_exist|InvalidAPICallAsNoApiProductMatchFound)|keymanagement\.service\.\w*ApiProduct\w*|steps\.oauth\.v2\.InvalidAPICallAsNoApiProductMatchFound|oauth\.v2\.\w*ApiProduct\w*)$/,
        ),
      ],
      cause: 'subscription',
      grade: 'proved',
      says: 'no API product of the app has this resource',
    },
    {
      id: 'code-quota-6',
      by: 'code',
      all: [
        json('fault.faultstring'),
        json('fault.detail.errorcode', /^(?:(?:policies|steps)\.ratelimit\.QuotaViolation)$/),
      ],
      cause: 'quota',
      grade: 'proved',
      says: 'the quota is used up',
    },
    {
      id: 'code-rate-limited-7',
      by: 'code',
      all: [
        json('fault.faultstring'),
        json('fault.detail.errorcode', /^(?:(?:policies|steps)\.ratelimit\.SpikeArrestViolation)$/),
      ],
      cause: 'rate-limited',
      grade: 'proved',
      says: 'too many requests came at once',
    },
    {
      id: 'code-ip-denied-8',
      by: 'code',
      all: [
        json('fault.faultstring'),
        json('fault.detail.errorcode', /^(?:(?:steps\.)?accesscontrol\.IPDeniedAccess)$/),
      ],
      cause: 'ip-denied',
      grade: 'proved',
      says: 'the AccessControl policy refuses the address',
    },
    {
      id: 'code-token-expired-9',
      by: 'code',
      all: [
        json('fault.faultstring'),
        json('fault.detail.errorcode', /^(?:steps\.jwt\.(?:TokenExpired|FailedToValidate\w*))$/),
      ],
      cause: 'token-expired',
      grade: 'proved',
      says: 'the token has expired or is not valid',
    },
    {
      id: 'code-authentication-required-10',
      by: 'code',
      all: [json('fault.faultstring'), json('fault.detail.errorcode', /^(?:steps\.(?:jwt|jws|hmac)\.\w+)$/)],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the token or signature is not valid',
    },
    {
      id: 'code-content-denied-11',
      by: 'code',
      all: [
        json('fault.faultstring'),
        json(
          'fault.detail.errorcode',
          /^(?:steps\.(?:regexprotection|jsonthreatprotection|xmlthreatprotection)\.\w+)$/,
        ),
      ],
      cause: 'content-denied',
      grade: 'proved',
      says: 'a threat protection policy refuses the content',
    },
    {
      id: 'code-malformed-request-12',
      by: 'code',
      all: [
        json('fault.faultstring'),
        json('fault.detail.errorcode', /^(?:steps\.(?:oasvalidation|messagevalidation)\.\w+)$/),
      ],
      cause: 'malformed-request',
      grade: 'proved',
      says: 'a validation policy refuses the content',
    },
    {
      id: 'code-not-authorized-13',
      by: 'code',
      all: [json('fault.faultstring'), json('fault.detail.errorcode', /^(?:steps\.raisefault\.RaiseFault)$/)],
      cause: 'not-authorized',
      grade: 'likely',
      says: 'a RaiseFault policy of the proxy refuses it',
    },
    {
      id: 'code-not-found-14',
      by: 'code',
      all: [
        json('fault.faultstring'),
        json(
          'fault.detail.errorcode',
          /^(?:messaging\.runtime\.(?:RouteFailed|\w*)|CLASSIFICATION_FAILURE|messaging\.adaptors\.http\.flow\.(?:ApplicationNotFound))$/,
        ),
      ],
      cause: 'not-found',
      grade: 'proved',
      says: 'no proxy fits host and path',
    },
    {
      id: 'code-upstream-down-15',
      by: 'code',
      all: [
        json('fault.faultstring'),
        json(
          'fault.detail.errorcode',
          /^(?:messaging\.adaptors\.http\.flow\.(?:ServiceUnavailable|GatewayTimeout|UnexpectedEOFAtTarget|SslHandshakeFailed|\w*Target\w*)|protocol\.http\.\w+)$/,
        ),
      ],
      cause: 'upstream-down',
      grade: 'proved',
      says: 'the target behind the proxy does not answer',
    },
    {
      id: 'code-body-too-large-16',
      by: 'code',
      all: [
        json('fault.faultstring'),
        json('fault.detail.errorcode', /^(?:protocol\.http\.TooBigBody|protocol\.http\.TooBig\w+)$/),
      ],
      cause: 'body-too-large',
      grade: 'proved',
      says: 'the request is over a limit',
    },
    {
      id: 'scheme-403',
      by: 'status',
      all: [status(403), json('fault.faultstring'), json('fault.detail.errorcode')],
      cause: 'not-authorized',
      grade: 'possible',
      says: 'the form of a fault of Apigee',
      or: ['gateway/ip-denied', 'gateway/quota'],
    },
    {
      id: 'scheme-401',
      by: 'status',
      all: [status(401), json('fault.faultstring'), json('fault.detail.errorcode')],
      cause: 'authentication-required',
      grade: 'likely',
      says: 'the form of a fault of Apigee',
      or: ['gateway/api-key', 'gateway/token-expired'],
    },
    {
      id: 'scheme-429',
      by: 'status',
      all: [status(429), json('fault.faultstring'), json('fault.detail.errorcode')],
      cause: 'rate-limited',
      grade: 'likely',
      says: 'the form of a fault of Apigee',
      or: ['gateway/quota'],
    },
    {
      id: 'scheme-5xx',
      by: 'status',
      all: [status(500, 502, 503, 504), json('fault.faultstring'), json('fault.detail.errorcode')],
      cause: 'internal-error',
      grade: 'possible',
      says: 'the form of a fault of Apigee',
      or: ['gateway/upstream-down', 'gateway/malformed-request'],
    },
  ],
  fixes: {
    'internal-error':
      'Debug (Trace) of the proxy shows which policy failed, and with which variables: mend it, deploy the revision, and send the request again',
    subscription:
      'approve the app and its product (`apigeecli apps get`, Publish > Apps: status approved), and send its key again',
    'token-expired': 'fetch a fresh token before each run; ExpiresIn of the OAuthV2 policy says how long one lives',
    'authentication-required':
      'send the token in Authorization: Bearer (or where AccessToken of the OAuthV2 VerifyAccessToken policy reads it); Trace shows the failing policy',
    'not-authorized':
      'add the proxy path to API Resources (and scope) of the product of the app, and send a key or token made after that; Trace shows the failing policy',
    quota:
      'raise Allow, Interval and TimeUnit of the Quota policy or those of the API product, deploy, and send the request again',
    'rate-limited':
      'raise Rate of the SpikeArrest policy, or give the tests an Identifier of their own, deploy, and lower --rate',
    'ip-denied':
      'add the address of the test machine to a MatchRule with action="ALLOW" of the AccessControl policy (ClientIPVariable behind a proxy), deploy, and send the request again',
    'content-denied':
      'the RegularExpressionProtection, JSONThreatProtection or XMLThreatProtection policy refuses it: Trace shows which; narrow its Pattern or limit for this flow, deploy, and send the request again',
    'malformed-request':
      'the fault names what cannot be read: correct the body, or the Source and schema of the OASValidation or MessageValidation policy; Trace shows it',
    'not-found':
      'BasePath of the proxy and the environment group of the host have to fit (`apigeecli apis deployments get`): deploy it there, and request it again',
    'upstream-down':
      'Trace shows target.url and the error: mend TargetEndpoint, its TLS trust store or io.timeout.millis, deploy, and send the request again',
    'body-too-large':
      'raise response.payload or request.payload limits (10 MB) by streaming (`request.streaming.enabled`) in HTTPProxyConnection, deploy, and send it again',
    'api-key':
      'send the key of an approved developer app whose API product has this proxy, environment and path; `Debug` in the console shows which policy refused',
  },
};
