import { body, heading, logged, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const viteSystem: System = {
  id: 'vite',
  name: 'Vite',
  layer: 'application',
  source: 'Vite 8.3, captured',
  rides: [],
  refusals: [
    {
      id: 'host',
      by: 'page',
      all: [status(403), body(/^Blocked request\. This host \(.{1,300}\) is not allowed\./)],
      cause: 'host-not-allowed',
      grade: 'proved',
      says: 'the development server does not know the host',
    },
    {
      id: 'fs',
      by: 'page',
      all: [status(403), heading('403 Restricted'), markup('is outside of Vite serving allow list')],
      cause: 'path-denied',
      grade: 'proved',
      says: 'the file is outside of what the development server serves',
      seen: ['node/vite-fs-deny'],
    },
    {
      id: 'log',
      by: 'log',
      all: [status(403), logged('vite', /outside of Vite serving allow list/)],
      cause: 'path-denied',
      grade: 'proved',
      says: 'the file is outside of what the development server serves',
      seen: ['node/vite-fs-deny'],
    },
  ],
  fixes: {
    'host-not-allowed': 'add the host to server.allowedHosts',
    'path-denied': 'add the folder to server.fs.allow',
  },
};
