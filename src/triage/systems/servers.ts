import type { System } from '../system.js';
import { angieSystem } from './servers/angie.js';
import { apacheSystem } from './servers/apache.js';
import { caddySystem } from './servers/caddy.js';
import { haproxySystem } from './servers/haproxy.js';
import { lighttpdSystem } from './servers/lighttpd.js';
import { litespeedSystem } from './servers/litespeed.js';
import { nginxSystem } from './servers/nginx.js';
import { openrestySystem } from './servers/openresty.js';
import { squidSystem } from './servers/squid.js';
import { tengineSystem } from './servers/tengine.js';
import { traefikSystem } from './servers/traefik.js';
import { varnishSystem } from './servers/varnish.js';

export const serversFamily: readonly System[] = [
  apacheSystem,
  nginxSystem,
  openrestySystem,
  tengineSystem,
  angieSystem,
  lighttpdSystem,
  litespeedSystem,
  caddySystem,
  haproxySystem,
  varnishSystem,
  squidSystem,
  traefikSystem,
];
