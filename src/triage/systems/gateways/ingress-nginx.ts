import { body, status } from '../../sign.js';
import type { System } from '../../system.js';

export const ingressNginxSystem: System = {
  id: 'ingress-nginx',
  name: 'Ingress NGINX',
  layer: 'gateway',
  source: 'https://kubernetes.github.io/ingress-nginx/user-guide/default-backend/',
  rides: [],
  refusals: [
    {
      id: 'default-backend',
      by: 'code',
      all: [status(404), body('default backend - 404')],
      cause: 'not-found',
      grade: 'proved',
      says: 'no Ingress has this host and path: the default backend answered',
    },
    {
      id: 'default-backend-page',
      by: 'page',
      all: [status(404), body('404 - default backend')],
      cause: 'not-found',
      grade: 'likely',
      says: 'no Ingress has this host and path: the default backend answered',
    },
  ],
  fixes: {
    'not-found':
      '`kubectl get ingress -A` lists host and path: add or mend the rule (and ingressClassName), and request it again with that Host',
  },
};
