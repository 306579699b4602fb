import { header, markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const azureAppgwSystem: System = {
  id: 'azure-appgw',
  name: 'Azure Application Gateway',
  layer: 'gateway',
  source: 'https://learn.microsoft.com/en-us/azure/web-application-firewall/ag/web-application-firewall-troubleshoot',
  rides: [header('server', /^Microsoft-Azure-Application-Gateway/)],
  refusals: [
    {
      id: '403',
      by: 'page',
      all: [status(403), title('403 Forbidden'), markup('<center>Microsoft-Azure-Application-Gateway/v2</center>')],
      cause: 'waf-rule',
      layer: 'waf',
      grade: 'likely',
      says: 'the gateway itself answers 403 for its WAF only',
    },
    {
      id: '400',
      by: 'page',
      all: [status(400), title('400 Bad Request'), markup('<center>Microsoft-Azure-Application-Gateway/v2</center>')],
      cause: 'malformed-request',
      grade: 'likely',
      says: 'the gateway could not understand the request',
      or: ['waf/waf-rule'],
    },
    {
      id: 'no-certificate',
      by: 'page',
      all: [
        status(400),
        title('400 No required SSL certificate was sent'),
        markup('<center>Microsoft-Azure-Application-Gateway/v2</center>'),
      ],
      cause: 'client-certificate',
      grade: 'proved',
      says: 'the listener asks for a client certificate, and there was none',
    },
    {
      id: 'certificate',
      by: 'page',
      all: [
        status(400),
        title('400 The SSL certificate error'),
        markup('<center>Microsoft-Azure-Application-Gateway/v2</center>'),
      ],
      cause: 'client-certificate',
      grade: 'proved',
      says: 'the listener did not accept the client certificate',
    },
    {
      id: '404',
      by: 'page',
      all: [status(404), title('404 Not Found'), markup('<center>Microsoft-Azure-Application-Gateway/v2</center>')],
      cause: 'not-found',
      grade: 'likely',
      says: 'no listener or rule of the gateway covers this',
    },
    {
      id: '413',
      by: 'page',
      all: [
        status(413),
        title('413 Request Entity Too Large'),
        markup('<center>Microsoft-Azure-Application-Gateway/v2</center>'),
      ],
      cause: 'body-too-large',
      layer: 'waf',
      grade: 'proved',
      says: 'the body is over the limit of the WAF policy',
    },
    {
      id: '502',
      by: 'page',
      all: [
        status(502, 503, 504),
        markup('<center>Microsoft-Azure-Application-Gateway/v2</center>'),
        title(/^50[234] /),
      ],
      cause: 'upstream-down',
      grade: 'proved',
      says: 'the gateway has no healthy backend',
    },
  ],
  fixes: {
    'waf-rule':
      'find the request in ApplicationGatewayFirewallLog by time and URI: ruleId names it; add an exclusion for that rule to the WAF policy of the listener or path, and send the request again',
  },
};
