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
    'malformed-request':
      'the access log of the gateway has `error_info` for the request (ERRORINFO_INVALID_HEADER, …): correct that header or length, and send the bytes again',
    'client-certificate':
      'the SSL profile of the listener asks for one: send a certificate of its trusted client CA (`curl --cert … --key …`); `az network application-gateway ssl-profile list` shows it',
    'not-found':
      '`az network application-gateway rule list` and url-path-map list show which listener and path rule fit: add the path, and request it again',
    'body-too-large':
      'raise maxRequestBodySizeInKb or fileUploadLimitInMb of the WAF policy (`az network application-gateway waf-policy policy-setting update`), and send the same body again',
    'upstream-down':
      '`az network application-gateway show-backend-health` says why a server is unhealthy: mend probe path, port, host name or its certificate; then send the request again',
    'waf-rule':
      'find the request in ApplicationGatewayFirewallLog by time and URI: ruleId names it; add an exclusion for that rule to the WAF policy of the listener or path, and send the request again',
  },
};
