import { header, status } from '../../sign.js';
import type { System } from '../../system.js';

export const fastlyNgwafSystem: System = {
  id: 'fastly-ngwaf',
  name: 'Fastly Next-Gen WAF',
  layer: 'waf',
  source: 'https://www.fastly.com/documentation/guides/next-gen-waf/using-ngwaf/understanding-response-codes/',
  rides: [header('x-sigsci-requestid'), header('x-sigsci-agentresponse')],
  refusals: [
    {
      id: 'response',
      by: 'header',
      all: [header('x-sigsci-agentresponse', /^(?:40[0-9]|4[1-9]\d|5\d\d)$/)],
      cause: 'waf-rule',
      grade: 'likely',
      says: 'the agent says in a header what it answered',
      or: ['waf/rate-limited'],
    },
    {
      id: '406',
      by: 'stock',
      all: [status(406), header('x-served-by', /^cache-/)],
      cause: 'unknown',
      layer: 'unknown',
      grade: 'possible',
      says: '406 behind Fastly may be the usual answer of its Next-Gen WAF; it may as well come from behind it',
      or: ['edge/waf-rule', 'waf/waf-rule', 'server/content-type-denied', 'application/content-type-denied'],
      next: 'the same request with `Accept: */*`: if it is refused all the same, it is the WAF',
    },
  ],
  fixes: {
    'waf-rule':
      'find the request in the NGWAF console by its id: its signals name the rule; add an exclusion for the signal at this path',
  },
  references: [{ header: 'x-sigsci-requestid', as: 'request id' }],
};
