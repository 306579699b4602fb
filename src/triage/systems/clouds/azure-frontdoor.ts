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
        heading(/Our services aren't available right now/),
      ],
      cause: 'upstream-down',
      grade: 'likely',
      says: 'Front Door has no healthy origin for this',
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
    {
      id: 'no-profile',
      by: 'page',
      all: [status(400, 404), header('x-azure-ref'), heading(/^(?:Page not found|Oops! That page can.t be found)/)],
      cause: 'not-found',
      grade: 'likely',
      says: 'Front Door has no configuration for this host or path',
      or: ['edge/host-not-allowed'],
    },
    {
      id: 'challenge',
      by: 'page',
      all: [status(403), header('x-azure-ref'), title(/^Azure WAF/)],
      cause: 'challenge',
      grade: 'proved',
      says: 'the JavaScript challenge of the WAF policy',
    },
    {
      id: 'challenge-header',
      by: 'header',
      all: [status(403), header('x-azure-jschallenge')],
      cause: 'challenge',
      grade: 'proved',
      says: 'the JavaScript challenge of the WAF policy',
    },
    {
      id: 'rate',
      by: 'page',
      all: [status(429), header('x-azure-ref'), body(/^(?:<[^>]{1,40}>)*The request is blocked\./)],
      cause: 'rate-limited',
      grade: 'likely',
      says: 'a rate limit rule of the WAF policy',
    },
    {
      id: 'info-geo',
      by: 'header',
      all: [status(403), header('x-azure-externalerror', /^0x[0-9a-f]+,?.*geo/i)],
      cause: 'geo-denied',
      grade: 'likely',
      says: 'Front Door refuses the country',
    },
  ],
  fixes: {
    'not-found':
      '`az afd route list` and `az afd custom-domain list` show hosts and paths: add the route or associate the domain, wait some minutes, and request it again',
    challenge:
      'WAF policy > Managed or custom rules: a rule with action JSChallenge matched; allow the address of the test machine by a custom rule before it, and send the request again',
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
