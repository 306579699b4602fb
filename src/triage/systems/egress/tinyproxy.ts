import { header, heading, logged, status } from '../../sign.js';
import type { System } from '../../system.js';

export const tinyproxySystem: System = {
  id: 'tinyproxy',
  name: 'tinyproxy',
  layer: 'egress-proxy',
  source: 'tinyproxy 1.11.1, captured',
  rides: [header('server', /^tinyproxy/i), header('via', /tinyproxy/i)],
  refusals: [
    {
      id: 'refused',
      by: 'page',
      all: [status(403), header('server', /^tinyproxy/), heading('Access violation')],
      cause: 'path-denied',
      grade: 'proved',
      says: "the proxy of the client's own network refuses it",
      seen: ['tinyproxy/connect-port'],
    },
    {
      id: 'filtered',
      by: 'page',
      all: [status(403), header('server', /^tinyproxy/), heading('Filtered')],
      cause: 'path-denied',
      grade: 'proved',
      says: "the filter of the client's own proxy refuses the host",
    },
    {
      id: 'denied',
      by: 'page',
      all: [status(403), header('server', /^tinyproxy/), heading('Access denied')],
      cause: 'ip-denied',
      grade: 'proved',
      says: 'the proxy does not allow this client (Allow)',
    },
    {
      id: 'auth',
      by: 'page',
      all: [status(407), header('server', /^tinyproxy/)],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the proxy asks for credentials',
    },
    {
      id: 'log-connect',
      by: 'log',
      all: [logged('tinyproxy', /^Refused CONNECT method on port/)],
      cause: 'path-denied',
      grade: 'proved',
      says: 'the port is not among ConnectPort',
      seen: ['tinyproxy/connect-port'],
    },
    {
      id: 'log-filter',
      by: 'log',
      all: [logged('tinyproxy', /^Proxying refused on filtered/)],
      cause: 'path-denied',
      grade: 'proved',
      says: 'the filter of the proxy refuses the host',
    },
    {
      id: 'log-client',
      by: 'log',
      all: [logged('tinyproxy', /^Unauthorized connection from/)],
      cause: 'ip-denied',
      grade: 'proved',
      says: 'the proxy does not allow this client (Allow)',
    },
  ],
  fixes: {
    'ip-denied':
      'add an `Allow ADDRESS` line for the test machine to tinyproxy.conf above the others, restart, and request it through the proxy again',
    'authentication-required':
      'send the user of BasicAuth in tinyproxy.conf (`curl --proxy-user`), and request it again',
    'path-denied':
      'have the host allowed (Filter) or the port added to ConnectPort in tinyproxy.conf of your network, or send the request past it; the site has not seen it',
  },
};
