import { header, json, jsonKeys, status } from '../../sign.js';
import type { System } from '../../system.js';

export const azureAgcSystem: System = {
  id: 'azure-agc',
  name: 'Azure Application Gateway for Containers',
  layer: 'waf',
  source: 'https://github.com/Azure/AKS/issues/5719',
  rides: [header('server', /^Microsoft-Azure-Application-LB/)],
  refusals: [
    {
      id: 'forbidden',
      by: 'code',
      all: [status(403), jsonKeys('message'), json('message', 'Forbidden'), header('content-type', /^text\/plain/)],
      cause: 'unknown',
      layer: 'unknown',
      grade: 'possible',
      says: 'a gateway that writes JSON as text/plain; the one for containers does so for its WAF',
      or: ['waf/waf-rule', 'gateway/api-key', 'gateway/not-authorized'],
      seen: ['azure-agc/waf-json'],
    },
    {
      id: 'forbidden-named',
      by: 'code',
      all: [status(403), json('message', 'Forbidden'), header('server', /^Microsoft-Azure-Application-LB/)],
      cause: 'waf-rule',
      grade: 'likely',
      says: 'the gateway for containers answers so for its WAF',
    },
  ],
  fixes: {
    'waf-rule':
      'AGCFirewallLogs in Log Analytics name ruleId for the time and URI: add an exclusion for the one argument to the WAF policy that WebApplicationFirewallPolicy binds; then send the request again',
  },
};
