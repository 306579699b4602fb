import type { System } from '../system.js';
import { apolloSystem } from './javascript/apollo.js';
import { expressSystem } from './javascript/express.js';
import { fastifySystem } from './javascript/fastify.js';
import { hapiSystem } from './javascript/hapi.js';
import { honoSystem } from './javascript/hono.js';
import { koaSystem } from './javascript/koa.js';
import { nestjsSystem } from './javascript/nestjs.js';
import { nextjsSystem } from './javascript/nextjs.js';
import { nuxtSystem } from './javascript/nuxt.js';
import { strapiSystem } from './javascript/strapi.js';
import { sveltekitSystem } from './javascript/sveltekit.js';
import { viteSystem } from './javascript/vite.js';
import { webpackDevServerSystem } from './javascript/webpack-dev-server.js';

export const javascriptFamily: readonly System[] = [
  expressSystem,
  fastifySystem,
  hapiSystem,
  honoSystem,
  koaSystem,
  nestjsSystem,
  nextjsSystem,
  sveltekitSystem,
  viteSystem,
  webpackDevServerSystem,
  apolloSystem,
  strapiSystem,
  nuxtSystem,
];
