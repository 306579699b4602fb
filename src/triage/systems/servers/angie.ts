import { header } from '../../sign.js';
import type { System } from '../../system.js';
import { nginxFixes } from './nginx-fixes.js';
import { nginxForkPages } from './nginx-fork-pages.js';

export const angieSystem: System = {
  id: 'angie',
  name: 'Angie',
  layer: 'server',
  source: 'derived from nginx, src/http/ngx_http_special_response.c',
  rides: [header('server', /^Angie/i)],
  refusals: nginxForkPages('Angie', 'Angie'),
  fixes: nginxFixes,
};
