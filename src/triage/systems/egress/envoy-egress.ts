import { failure, header, status } from '../../sign.js';
import type { System } from '../../system.js';

export const envoyEgressSystem: System = {
  id: 'envoy-egress',
  name: 'Egress proxy of a sandbox',
  layer: 'egress-proxy',
  source: 'wafw00f, plugins of that name; public threads',
  rides: [],
  refusals: [
    {
      id: 'proxy-403',
      by: 'page',
      all: [failure(/CONNECT tunnel failed, response 403|Received HTTP code 403 from proxy after CONNECT/)],
      cause: 'path-denied',
      grade: 'proved',
      says: 'the proxy that the client goes out through refuses the tunnel',
    },
    {
      id: 'proxy-407',
      by: 'page',
      all: [failure(/CONNECT tunnel failed, response 407|Received HTTP code 407 from proxy after CONNECT/)],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the proxy that the client goes out through asks for credentials',
    },
    {
      id: 'proxy-5xx',
      by: 'page',
      all: [failure(/(?:CONNECT tunnel failed, response|Received HTTP code) 5\d\d/)],
      cause: 'upstream-down',
      grade: 'proved',
      says: 'the proxy that the client goes out through cannot reach the host',
    },
    {
      id: '407',
      by: 'status',
      all: [status(407)],
      cause: 'authentication-required',
      grade: 'proved',
      says: '407: a proxy on the way out asks for credentials',
    },
    {
      id: '407-header',
      by: 'header',
      all: [header('proxy-authenticate')],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'Proxy-Authenticate: a proxy on the way out asks for credentials',
    },
    {
      id: 'envoy',
      by: 'header',
      all: [status(403), header('x-deny-reason')],
      cause: 'path-denied',
      grade: 'proved',
      says: "x-deny-reason: the proxy of the client's own network refuses the host",
    },
  ],
  fixes: {
    'authentication-required':
      'send the credentials that the proxy asks for in Proxy-Authenticate (`curl --proxy-user`); the site has not seen the request',
    'upstream-down':
      'the proxy could not reach the site: look at cluster and DNS of the egress (`curl localhost:15000/clusters`), or send past it (`--noproxy`)',
    'path-denied':
      'have host and path allowed in the filter of your own network, or send from a machine outside of it: the site has not seen the request',
  },
};
