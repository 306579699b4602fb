import { body, status } from '../../sign.js';
import type { System } from '../../system.js';

export const webpackDevServerSystem: System = {
  id: 'webpack-dev-server',
  name: 'webpack-dev-server',
  layer: 'application',
  source: 'webpack-dev-server 5.2.7, source',
  rides: [],
  refusals: [
    {
      id: 'host',
      by: 'code',
      all: [status(403), body('Invalid Host header')],
      cause: 'host-not-allowed',
      grade: 'proved',
      says: 'the development server does not know the host (allowedHosts)',
    },
    {
      id: 'origin',
      by: 'code',
      all: [status(403), body('Cross-Origin request blocked')],
      cause: 'cors',
      grade: 'proved',
      says: 'the development server does not take requests of other sites',
    },
  ],
  fixes: {
    'host-not-allowed':
      'add the host to `devServer.allowedHosts` in webpack.config.js, restart, and send the request again',
    cors: 'send the request from the origin of the dev server, or set `devServer.headers` for the other one; allowedHosts lets its host in',
  },
};
