import { heading, logged, markup, status, title } from '../sign.js';
import type { System } from '../system.js';

export const nginxSystem: System = {
  id: 'nginx',
  name: 'nginx',
  layer: 'server',
  rides: [],
  refusals: [
    {
      id: 'access-rule',
      by: 'log',
      all: [status(403), logged('nginx-error', /^access forbidden by rule$/)],
      cause: 'path-denied',
      grade: 'proved',
      says: 'nginx says that a rule of its access module forbids it',
      source: 'nginx, src/http/ngx_http_core_module.c',
    },
    {
      id: 'stock-403',
      by: 'stock',
      all: [status(403), title('403 Forbidden'), heading('403 Forbidden'), markup('<hr><center>nginx')],
      cause: 'unknown',
      layer: 'unknown',
      grade: 'proved',
      says: "this is nginx's own page, which a module in it sends as well",
      or: [
        { layer: 'server', cause: 'path-denied', system: 'nginx' },
        { layer: 'waf', cause: 'waf-rule', system: 'modsecurity' },
        { layer: 'server', cause: 'file-permission', system: 'nginx' },
      ],
      source: 'nginx, src/http/ngx_http_special_response.c',
    },
  ],
};
