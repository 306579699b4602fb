import { type CodeRow, patternsOf } from '../../code-rows.js';
import { header, json, status } from '../../sign.js';
import type { System } from '../../system.js';

const oktaCodes: readonly CodeRow[] = [
  ['E0000006', 'not-authorized', 'the user or token may not do this'],
  ['E0000011', 'authentication-required', 'the token is not valid'],
  ['E0000005', 'authentication-required', 'the session is not valid'],
  ['E0000004', 'authentication-required', 'user or password are wrong'],
  ['E0000047', 'rate-limited', 'a rate limit is reached'],
  ['E0000022', 'method-not-supported', 'the endpoint takes no such method'],
  ['E0000038', 'business-rule', 'the user is in a state that does not allow this'],
  ['E0000015', 'subscription', 'the organisation does not have this feature'],
  ['E0000007', 'not-found', 'there is no such thing'],
  ['E0000001', 'malformed-request', 'the content is not valid'],
  ['E0000069', 'business-rule', 'the user is locked'],
  ['E0000207', 'ip-denied', 'the network of the client is blocked'],
  ['E0000119', 'business-rule', 'the account is locked'],
];

export const oktaSystem: System = {
  id: 'okta',
  name: 'Okta',
  layer: 'application',
  source: 'https://developer.okta.com/docs/reference/error-codes/',
  rides: [header('x-okta-request-id')],
  refusals: [
    ...patternsOf(oktaCodes, (code) => ({
      id: `${code}`,
      by: 'code',
      all: [status(400, 401, 403, 404, 405, 429), json('errorCode', code), json('errorSummary')],
      grade: 'proved',
      source: 'https://developer.okta.com/docs/reference/error-codes/',
    })),
  ],
  references: [{ header: 'x-okta-request-id', as: 'request id' }],
};
