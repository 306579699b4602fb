import { header, markup } from '../../sign.js';
import type { System } from '../../system.js';

export const airlockSystem: System = {
  id: 'airlock',
  name: 'Airlock',
  layer: 'waf',
  source: 'wafw00f, plugins of that name',
  rides: [header('set-cookie', /^AL[_-](?:SESS|LB)/)],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [markup('Server detected a syntax error in your request'), markup(/request ID|Check your request/i)],
      cause: 'waf-rule',
      grade: 'likely',
      says: "Airlock's page",
    },
  ],
  fixes: {
    'waf-rule':
      'Log Viewer: the request id names the deny rule (`deny rule group`, `AFL`); add an exception for the parameter at this path to the mapping; activate, and send the request again',
  },
};
