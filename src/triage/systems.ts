import type { System } from './system.js';
import { botsFamily } from './systems/bots.js';
import { cloudsFamily } from './systems/clouds.js';
import { commonFamily } from './systems/common.js';
import { edgesFamily } from './systems/edges.js';
import { egressFamily } from './systems/egress.js';
import { firewallsFamily } from './systems/firewalls.js';
import { gatewaysFamily } from './systems/gateways.js';
import { hostingFamily } from './systems/hosting.js';
import { hostsFamily } from './systems/hosts.js';
import { javaFamily } from './systems/java.js';
import { javascriptFamily } from './systems/javascript.js';
import { microsoftFamily } from './systems/microsoft.js';
import { phpFamily } from './systems/php.js';
import { pythonFamily } from './systems/python.js';
import { rubyFamily } from './systems/ruby.js';
import { serversFamily } from './systems/servers.js';
import { servicesFamily } from './systems/services.js';
import { storageFamily } from './systems/storage.js';
import { wordpressFamily } from './systems/wordpress.js';

/** Every system that is known, by families; each has a file of its own. */
export const systems: readonly System[] = [
  ...serversFamily,
  ...egressFamily,
  ...edgesFamily,
  ...firewallsFamily,
  ...cloudsFamily,
  ...storageFamily,
  ...gatewaysFamily,
  ...pythonFamily,
  ...javascriptFamily,
  ...rubyFamily,
  ...phpFamily,
  ...wordpressFamily,
  ...javaFamily,
  ...microsoftFamily,
  ...servicesFamily,
  ...hostingFamily,
  ...botsFamily,
  ...hostsFamily,
  ...commonFamily,
];
