import { json, status } from '../../sign.js';
import type { System } from '../../system.js';

export const mulesoftSystem: System = {
  id: 'mulesoft',
  name: 'MuleSoft Anypoint',
  layer: 'gateway',
  source: 'https://docs.mulesoft.com/mule-gateway/policies-included-directory',
  rides: [],
  refusals: [
    {
      id: 'client',
      by: 'code',
      all: [
        status(401, 403),
        json('error', /^(?:Invalid Client|Authentication Attempt Failed|Invalid client id or secret)$/i),
      ],
      cause: 'api-key',
      grade: 'proved',
      says: 'client id or secret are not known, or have no contract with this API',
    },
    {
      id: 'rate',
      by: 'code',
      all: [status(429), json('error', /^Quota has been exceeded$/i)],
      cause: 'rate-limited',
      grade: 'proved',
      says: 'the rate limit of the SLA tier is reached',
      or: ['gateway/quota'],
    },
    {
      id: 'ip',
      by: 'code',
      all: [status(403), json('error', /^Address not in allowed|IP is (?:rejected|blocked)/i)],
      cause: 'ip-denied',
      grade: 'likely',
      says: 'an IP policy refuses the address',
    },
  ],
  fixes: {
    'api-key':
      'send client_id and client_secret of an application with an approved contract (API Manager > Contracts) where the Client ID Enforcement policy reads them',
    'rate-limited':
      'raise the SLA tier or limits of the Rate Limiting policy (API Manager > Policies), or lower --rate; x-ratelimit-reset says when it is filled',
    'ip-denied':
      'add the address of the test machine to the IP Allowlist policy (`#[attributes.headers["x-forwarded-for"]]` behind a proxy), and send the request again',
  },
};
