import { header, markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const githubPagesSystem: System = {
  id: 'github-pages',
  name: 'GitHub Pages',
  layer: 'edge',
  source: 'https://docs.github.com/en/pages',
  rides: [header('server', /^GitHub\.com/)],
  refusals: [
    {
      id: 'not-found',
      by: 'page',
      all: [status(404), title(/^Site not found|Page not found.*GitHub Pages$/), markup('GitHub Pages')],
      cause: 'not-found',
      grade: 'proved',
      says: 'there is no such site or page',
    },
    {
      id: '405',
      by: 'page',
      all: [status(405), header('server', /^GitHub\.com/), title('405 Not Allowed')],
      cause: 'method-not-supported',
      grade: 'proved',
      says: 'pages take GET and HEAD only',
    },
  ],
  fixes: {
    'not-found':
      'repository > Settings > Pages shows branch, folder and custom domain (CNAME): deploy the file that the path names, and request it again',
    'method-not-supported':
      'GitHub Pages serves GET and HEAD: send the request to the host of the API (its base URL in the suite, `target`)',
  },
};
