import { json, status } from '../../sign.js';
import type { System } from '../../system.js';

export const rabbitmqSystem: System = {
  id: 'rabbitmq',
  name: 'RabbitMQ',
  layer: 'application',
  source: 'https://www.rabbitmq.com/docs/management',
  rides: [],
  refusals: [
    {
      id: 'auth',
      by: 'code',
      all: [status(401), json('error', /^not_authori[sz]ed$/), json('reason')],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'user and password are not known, or the user has no tag for the management API',
      or: ['application/not-authorized'],
    },
    {
      id: 'refused',
      by: 'code',
      all: [
        status(401, 403),
        json('error', /^(?:not_authori[sz]ed|access_refused)$/),
        json('reason', /[Aa]ccess refused|permission/),
      ],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the user has no permission in this virtual host',
      instead: ['auth'],
    },
  ],
  fixes: {
    'authentication-required':
      '`rabbitmqctl authenticate_user USER` checks the password; `rabbitmqctl set_user_tags USER management` lets the user use the API; guest works from localhost alone',
    'not-authorized':
      '`rabbitmqctl list_permissions -p VHOST` shows them; `rabbitmqctl set_permissions -p VHOST USER CONF WRITE READ` grants the one that is missing',
  },
};
