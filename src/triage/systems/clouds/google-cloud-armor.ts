import { body, header, logged, markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const googleCloudArmorSystem: System = {
  id: 'google-cloud-armor',
  name: 'Google Cloud Armor',
  layer: 'edge',
  source: 'https://cloud.google.com/armor/docs/troubleshooting',
  rides: [header('via', /^1\.1 google$/)],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [
        status(403),
        title('403'),
        markup('<meta name=viewport content="width=device-width, initial-scale=1"><title>403</title>403 Forbidden'),
        body(/^<!doctype html>.{0,300}$/),
      ],
      cause: 'unknown',
      grade: 'proved',
      says: "the page of Google's load balancer for a deny(403) rule of Cloud Armor; what the rule is about, its log tells",
      or: ['edge/waf-rule', 'edge/ip-denied', 'edge/geo-denied', 'edge/rate-limited'],
      next: 'the log of the load balancer: statusDetails and enforcedSecurityPolicy',
      seen: ['gcp/cloud-armor-page'],
    },
    {
      id: 'page-other',
      by: 'page',
      all: [
        status(404, 429, 502),
        title(/^(?:404|429|502)$/),
        body(
          /^<!doctype html><meta charset="utf-8"><meta name=viewport content="width=device-width, initial-scale=1"><title>(\d{3})<\/title>/,
        ),
      ],
      cause: 'unknown',
      grade: 'likely',
      says: "the page of Google's load balancer for a deny rule of Cloud Armor with another status",
      or: ['edge/waf-rule', 'edge/ip-denied', 'edge/rate-limited'],
    },
    {
      id: 'page-429',
      by: 'page',
      all: [
        status(429),
        title('429'),
        body(/^<!doctype html><meta charset="utf-8"><meta name=viewport.{1,120}429 Too Many Requests/i),
      ],
      cause: 'rate-limited',
      grade: 'likely',
      says: 'a rate rule of Cloud Armor is reached',
    },
    {
      id: 'log',
      by: 'log',
      all: [logged('cloud-armor', /^(?:body_)?denied_by_security_policy$/)],
      cause: 'waf-rule',
      grade: 'proved',
      says: "the load balancer's log says that the security policy denied it",
      or: ['edge/ip-denied', 'edge/geo-denied'],
    },
    {
      id: 'log-body',
      by: 'log',
      all: [logged('cloud-armor', 'body_denied_by_security_policy'), logged('cloud-armor', 'DENY', 'outcome')],
      cause: 'waf-rule',
      grade: 'proved',
      says: "the load balancer's log says that a rule matched in the body",
    },
  ],
  fixes: {
    'rate-limited':
      'raise --rate-limit-threshold-count of the throttle or rate_based_ban rule (`gcloud compute security-policies rules update`), or allow the test machine by a rule with a lower number; then send the request by itself',
    'waf-rule':
      "find the request in the load balancer's log (jsonPayload.enforcedSecurityPolicy): name, priority and preconfiguredExprIds name the rule; opt that one signature out (`evaluatePreconfiguredWaf(…, {'opt_out_rule_ids': […]})`) or put an allow rule for the path before it",
  },
};
