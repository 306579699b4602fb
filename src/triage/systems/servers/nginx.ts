import { header } from '../../sign.js';
import type { System } from '../../system.js';
import { nginxFixes } from './nginx-fixes.js';
import { nginxLog } from './nginx-log.js';
import { nginxLogUpstream } from './nginx-log-upstream.js';
import { nginxPages } from './nginx-pages.js';

export const nginxSystem: System = {
  id: 'nginx',
  name: 'nginx',
  layer: 'server',
  source: 'nginx 1.22.1, captured',
  rides: [header('server', /^nginx(?:\/|$)/)],
  refusals: [...nginxLog, ...nginxLogUpstream, ...nginxPages],
  fixes: nginxFixes,
};
