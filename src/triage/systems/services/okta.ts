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
  fixes: {
    'not-authorized':
      'E0000006: the administrator role of the token (Security > Administrators), or the OAuth scope (okta.users.manage) lacks it: grant it, and send the request again',
    'authentication-required':
      'send `Authorization: SSWS TOKEN` (Security > API > Tokens) or a fresh OAuth token of the org authorization server',
    'rate-limited':
      'X-Rate-Limit-Reset says when; Reports > Rate Limits shows the bucket: raise the share of this token, or lower --rate',
    'method-not-supported': 'the reference of the endpoint lists its methods: send one of them',
    'business-rule': '`errorCauses` names the rule (password policy, lifecycle status): send values that it accepts',
    subscription: 'Settings > Features shows whether the org has it: have it enabled, and send the request again',
    'not-found': '`errorSummary` names type and id: list them (GET /api/v1/users) and send one that is there',
    'malformed-request': '`errorCauses` names the fields: send what the reference asks for',
    'ip-denied':
      'Security > Networks and the policy name the zone: add the address of the test machine to an allowed IP zone, and send the request again',
  },
  references: [{ header: 'x-okta-request-id', as: 'request id' }],
};
