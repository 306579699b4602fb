import { type CodeRow, patternsOf } from '../../code-rows.js';
import { json, xml } from '../../sign.js';
import type { System } from '../../system.js';

const wso2Codes: readonly CodeRow[] = [
  ['900900', 'authentication-required', 'the token could not be checked'],
  ['900901', 'authentication-required', 'the token is not valid, or has expired'],
  ['900902', 'authentication-required', 'there is no token'],
  ['900903', 'token-expired', 'the token has expired'],
  ['900904', 'token-expired', 'the token is not active'],
  ['900905', 'authentication-required', 'the token is of the wrong type (user or application)'],
  ['900906', 'not-found', 'the API has no such resource'],
  ['900907', 'subscription', 'the API, or the subscription to it, is blocked'],
  ['900908', 'subscription', 'the application is not subscribed to this API, or may not use the resource'],
  ['900909', 'subscription', 'the subscription is not active'],
  ['900910', 'not-authorized', 'the token lacks the scope of this resource'],
  ['900800', 'rate-limited', 'a throttling limit is reached'],
  ['900801', 'rate-limited', 'the hard limit is reached'],
  ['900802', 'rate-limited', 'the limit of the resource is reached'],
  ['900803', 'rate-limited', 'the limit of the application is reached'],
  ['900804', 'rate-limited', 'the limit of the subscription is reached'],
  ['900805', 'path-denied', 'user, address, application or API is on a block list'],
  ['900806', 'rate-limited', 'a custom throttling policy is reached'],
  ['900807', 'rate-limited', 'too many requests came at once'],
  ['700700', 'maintenance', 'the API is blocked'],
  ['303001', 'upstream-down', 'the backend is suspended'],
  ['101504', 'upstream-down', 'the backend took too long'],
  ['101503', 'upstream-down', 'the backend cannot be reached'],
];

export const wso2System: System = {
  id: 'wso2',
  name: 'WSO2 API Manager',
  layer: 'gateway',
  source: 'https://apim.docs.wso2.com/en/4.5.0/troubleshooting/error-handling/',
  rides: [],
  refusals: [
    ...patternsOf(wso2Codes, (code) => ({
      id: `${code}`,
      by: 'code',
      all: [json('code', code), json('message'), json('description')],
      grade: 'proved',
      source: 'https://apim.docs.wso2.com/en/4.5.0/troubleshooting/error-handling/',
    })),
    ...patternsOf(wso2Codes, (code) => ({
      id: `xml-${code}`,
      by: 'code',
      all: [xml('ams:code', code), xml('ams:message')],
      grade: 'proved',
      source: 'https://apim.docs.wso2.com/en/4.5.0/troubleshooting/error-handling/',
    })),
    ...patternsOf(wso2Codes, (code) => ({
      id: `fault-${code}`,
      by: 'code',
      all: [json('fault.code', code), json('fault.message')],
      grade: 'proved',
      source: 'https://apim.docs.wso2.com/en/4.5.0/troubleshooting/error-handling/',
    })),
    {
      id: 'scheme',
      by: 'status',
      all: [json('code', /^90090\d$/), json('message'), json('description')],
      cause: 'not-authorized',
      grade: 'likely',
      says: 'a code of the security of WSO2',
      or: ['gateway/authentication-required', 'gateway/subscription'],
    },
    {
      id: 'fault-scheme',
      by: 'status',
      all: [json('fault.code', /^90080\d$/), json('fault.message')],
      cause: 'rate-limited',
      grade: 'likely',
      says: 'a code of the throttling of WSO2',
      or: ['gateway/path-denied'],
    },
  ],
  fixes: {
    'authentication-required':
      'developer portal > Applications > Production Keys: generate a token for this application, and send it in Authorization: Bearer (AuthorizationHeader in deployment.toml may name another)',
    'token-expired':
      'fetch a fresh token before each run (`POST /oauth2/token`); default_validity_time under [oauth.token_validation] says how long one lives',
    'not-found':
      'publisher > Resources: method and URL pattern have to fit behind context and version; deploy the revision, and request it again',
    maintenance: 'publisher > Lifecycle: the API is BLOCKED; re-publish it, and send the request again',
    'not-authorized':
      'publisher > Local Scopes: assign a role of the user to the scope of this resource, and ask for the scope when fetching the token',
    'rate-limited':
      'admin portal > Rate Limiting Policies: raise the tier that the code names (application, subscription, resource), or lower --rate',
    'path-denied':
      'admin portal > Deny Policies: delete or narrow the one that names this address, user, application or API; then send the request again',
    'upstream-down':
      'publisher > Endpoints: mend URL, certificate and suspend time-out of the endpoint (101503, 101504, 303001 in wso2carbon.log), deploy, and send the request again',
    subscription:
      'subscribe the application to this API in the developer portal, and generate a token for it after that',
  },
};
