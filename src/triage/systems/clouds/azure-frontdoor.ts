import { body, header, heading, logged, markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const azureFrontdoorSystem: System = {
  id: 'azure-frontdoor',
  name: 'Azure Front Door',
  layer: 'edge',
  source: 'https://learn.microsoft.com/en-us/azure/web-application-firewall/afds/waf-front-door-policy-settings',
  rides: [header('x-azure-ref')],
  refusals: [
    {
      id: 'blocked',
      by: 'page',
      all: [header('x-azure-ref'), body(/^(?:<[^>]{1,40}>)*The request is blocked\./)],
      cause: 'waf-rule',
      grade: 'likely',
      says: 'the text of the WAF policy of Front Door',
      or: ['edge/ip-denied', 'edge/geo-denied', 'edge/rate-limited', 'waf/waf-rule'],
      seen: ['azure-frontdoor/blocked'],
    },
    {
      id: 'blocked-page',
      by: 'page',
      all: [header('x-azure-ref'), markup('The request is blocked.'), title(/./)],
      cause: 'waf-rule',
      grade: 'likely',
      says: 'the page of the WAF policy of Front Door',
      or: ['edge/ip-denied', 'edge/geo-denied', 'edge/rate-limited'],
    },
    {
      id: 'service-page',
      by: 'page',
      all: [
        status(400, 403, 404, 502, 503, 504),
        header('x-azure-ref'),
        heading(/Our services aren't available right now|Page not found|Oops! That page can.t be found/),
      ],
      cause: 'upstream-down',
      grade: 'likely',
      says: 'Front Door has no route or no healthy origin for this',
      or: ['edge/host-not-allowed'],
    },
    {
      id: 'log',
      by: 'log',
      all: [logged('azure-waf', /^(?:Block|Deny|JSChallenge)$/i, 'action')],
      cause: 'waf-rule',
      grade: 'proved',
      says: 'the log of the WAF policy says that this rule blocked it',
    },
    {
      id: 'log-geo',
      by: 'log',
      all: [logged('azure-waf', /^Block$/i, 'action'), logged('azure-waf', /geo/i, 'rule')],
      cause: 'geo-denied',
      grade: 'proved',
      says: 'the log of the WAF policy names a country rule',
    },
    {
      id: 'log-rate',
      by: 'log',
      all: [logged('azure-waf', /^Block$/i, 'action'), logged('azure-waf', /rate/i, 'rule')],
      cause: 'rate-limited',
      grade: 'proved',
      says: 'the log of the WAF policy names a rate limit',
    },
  ],
  fixes: {
    'upstream-down':
      'the FrontDoorAccessLog has ErrorInfo (OriginConnectionError, …) for the x-azure-ref: mend host header, port and certificate name of the origin, and its health probe; then send the request again',
    'geo-denied':
      'the WAF log names the custom rule with GeoMatch for the x-azure-ref: except the test machine by a rule with a higher priority (`az network front-door waf-policy rule create`), and send the request again',
    'rate-limited':
      'raise RateLimitThreshold of the custom rule that the WAF log names, or except the address of the test machine from its match; then send the request by itself',
    'waf-rule':
      'look the tracking reference up in FrontDoorWebApplicationFirewallLog: it names the rule; add an exclusion for that rule and match variable to the WAF policy, and send the request again',
  },
  references: [{ header: 'x-azure-ref', as: 'tracking reference' }],
};
