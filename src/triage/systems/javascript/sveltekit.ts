import { body, json, status } from '../../sign.js';
import type { System } from '../../system.js';

export const sveltekitSystem: System = {
  id: 'sveltekit',
  name: 'SvelteKit and Astro',
  layer: 'application',
  source: 'SvelteKit 2.70.4, Astro 6.0.5, source',
  rides: [],
  refusals: [
    {
      id: 'form',
      by: 'code',
      all: [status(403), body(/^Cross-site (?:POST|PUT|PATCH|DELETE) form submissions are forbidden$/)],
      cause: 'csrf',
      grade: 'proved',
      says: 'the Origin of a form is not that of the page',
    },
    {
      id: 'form-json',
      by: 'code',
      all: [status(403), json('message', /^Cross-site (?:POST|PUT|PATCH|DELETE) form submissions are forbidden$/)],
      cause: 'csrf',
      grade: 'proved',
      says: 'the Origin of a form is not that of the page',
    },
    {
      id: 'remote',
      by: 'code',
      all: [status(403), body('Cross-site remote requests are forbidden')],
      cause: 'csrf',
      grade: 'proved',
      says: 'the Origin of a remote call is not that of the page',
    },
  ],
  fixes: {
    csrf: 'send an Origin that is that of the page; behind TLS that ends at a proxy, tell the server its outer origin (ORIGIN, or protocol_header and host_header of adapter-node; security.allowedDomains in Astro)',
  },
};
