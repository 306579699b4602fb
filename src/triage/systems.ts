import type { System } from './system.js';
import { cloudflareSystem } from './systems/cloudflare.js';
import { nginxSystem } from './systems/nginx.js';

/** Every system that is known, one file each or one for a family. */
export const systems: readonly System[] = [cloudflareSystem, nginxSystem];
