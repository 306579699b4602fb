import { header } from '../../sign.js';
import type { System } from '../../system.js';
import { nginxFixes } from './nginx-fixes.js';
import { nginxForkPages } from './nginx-fork-pages.js';

export const tengineSystem: System = {
  id: 'tengine',
  name: 'Tengine',
  layer: 'server',
  source: 'derived from nginx, src/http/ngx_http_special_response.c',
  rides: [header('server', /^tengine/i)],
  refusals: nginxForkPages('Tengine', 'tengine'),
  fixes: nginxFixes,
};
