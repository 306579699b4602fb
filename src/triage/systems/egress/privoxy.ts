import { markup, title } from '../../sign.js';
import type { System } from '../../system.js';

export const privoxySystem: System = {
  id: 'privoxy',
  name: 'Privoxy',
  layer: 'egress-proxy',
  source: 'wafw00f, plugins of that name; public threads',
  rides: [],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [title(/^(?:Request blocked|Request for blocked URL|Privoxy)/), markup(/Privoxy/)],
      cause: 'path-denied',
      grade: 'proved',
      says: 'the proxy of the client',
    },
  ],
  fixes: {
    'path-denied':
      'http://config.privoxy.org/show-url-info tells which action file blocks the URL: add `{-block}` with the host to user.action, and send the request again',
  },
};
