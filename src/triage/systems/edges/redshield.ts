import { markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const redshieldSystem: System = {
  id: 'redshield',
  name: 'RedShield',
  layer: 'edge',
  source: 'https://github.com/Ekultek/WhatWaf/issues/57',
  rides: [],
  refusals: [
    {
      id: 'page',
      by: 'page',
      all: [status(403), markup('red-shield.net'), markup(/Support ID:? \d{8,25}/)],
      cause: 'waf-rule',
      grade: 'proved',
      says: "RedShield's page; its support ID is not F5's",
      seen: ['redshield/403'],
    },
  ],
  fixes: {
    'waf-rule':
      'send the Support ID, time and URL to support@red-shield.net, who run the shields: have the one shield excepted for this URL and field; then send the request again',
  },
  references: [{ page: /Support ID:? (\d{8,25})/, as: 'support ID' }],
};
