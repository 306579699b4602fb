import { header, markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const zscalerSystem: System = {
  id: 'zscaler',
  name: 'Zscaler',
  layer: 'egress-proxy',
  source: 'wafw00f, plugins of that name; public threads',
  rides: [header('server', /^Zscaler/)],
  refusals: [
    {
      id: 'title',
      by: 'page',
      all: [title(/^Internet Security by Zscaler/), header('server', /^Zscaler/)],
      cause: 'path-denied',
      grade: 'proved',
      says: "the page of the client's own network",
      seen: ['zscaler/security'],
    },
    {
      id: 'page',
      by: 'page',
      all: [header('server', /^Zscaler/), markup(/zscaler/i), status(403, 307, 302)],
      cause: 'path-denied',
      grade: 'proved',
      says: "the page of the client's own network",
    },
    {
      id: 'own',
      by: 'stock',
      all: [status(403), header('server', /^Zscaler/)],
      cause: 'path-denied',
      grade: 'likely',
      says: "an answer of the client's own network",
    },
    {
      id: 'redirect',
      by: 'header',
      all: [
        status(302, 307),
        header(
          'location',
          /^https?:\/\/[\w.-]{0,80}(?:zscal(?:er|ertwo|erone|erthree|ergov)|zscloud|zpath)\.(?:net|com)\//,
        ),
      ],
      cause: 'path-denied',
      grade: 'proved',
      says: "a redirect to the page of the client's own network",
      or: ['egress-proxy/authentication-required'],
    },
  ],
  fixes: {
    'path-denied':
      'ZIA admin portal > Policy > URL & Cloud App Control names the rule of the page: have the host allowed for this user or location, or send from a machine outside of your network; the site has not seen the request',
  },
};
