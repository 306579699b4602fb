import { header, heading, status, title } from '../sign.js';
import type { System } from '../system.js';

export const cloudflareSystem: System = {
  id: 'cloudflare',
  name: 'Cloudflare',
  layer: 'edge',
  rides: [header('cf-ray'), header('server', /^cloudflare/i)],
  refusals: [
    {
      id: 'challenge',
      by: 'header',
      all: [header('cf-mitigated', 'challenge')],
      cause: 'challenge',
      grade: 'proved',
      says: 'Cloudflare sets this header on its challenge pages and nowhere else',
      source:
        'https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/',
    },
    {
      id: 'block',
      by: 'page',
      all: [status(403), title('Attention Required! | Cloudflare'), heading('Sorry, you have been blocked')],
      cause: 'waf-rule',
      grade: 'proved',
      says: 'Cloudflare answers so where a rule of its firewall blocks a request',
      source: 'https://developers.cloudflare.com/support/troubleshooting/http-status-codes/4xx-client-error/error-403/',
    },
  ],
  references: [{ header: 'cf-ray', as: 'Ray ID' }],
};
