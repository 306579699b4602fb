import { body, header, markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const netlifySystem: System = {
  id: 'netlify',
  name: 'Netlify',
  layer: 'edge',
  source: 'https://docs.netlify.com/manage/security/',
  rides: [header('server', /^Netlify/), header('x-nf-request-id')],
  refusals: [
    {
      id: 'password',
      by: 'page',
      all: [status(401), header('server', /^Netlify/), markup(/password/i), title(/Password|Login|Protected/i)],
      cause: 'authentication-required',
      grade: 'likely',
      says: 'the site is behind a password',
    },
    {
      id: 'not-found',
      by: 'page',
      all: [status(404), header('server', /^Netlify/), markup('Page not found')],
      cause: 'not-found',
      grade: 'likely',
      says: 'Netlify has nothing at this path',
    },
    {
      id: 'usage',
      by: 'code',
      all: [status(503), header('server', /^Netlify/), body(/usage_exceeded/)],
      cause: 'quota',
      grade: 'proved',
      says: 'the usage of the account is used up',
    },
    {
      id: '403',
      by: 'status',
      all: [status(403), header('server', /^Netlify/)],
      cause: 'unknown',
      layer: 'unknown',
      grade: 'possible',
      says: 'a 403 behind Netlify: a firewall rule, or the function',
      or: ['edge/ip-denied', 'edge/geo-denied', 'application/not-authorized'],
    },
    {
      id: 'plain-403',
      by: 'status',
      all: [status(403), header('server', /^Netlify/), body('Forbidden')],
      cause: 'ip-denied',
      grade: 'possible',
      says: 'a firewall traffic rule of the site, or a function that answers so',
      or: ['edge/geo-denied', 'application/not-authorized'],
    },
    {
      id: 'rate',
      by: 'status',
      all: [status(429), header('server', /^Netlify/)],
      cause: 'rate-limited',
      grade: 'likely',
      says: 'a rate limiting rule of the site',
    },
    {
      id: '503',
      by: 'status',
      all: [status(502, 503, 504), header('server', /^Netlify/)],
      cause: 'upstream-down',
      grade: 'possible',
      says: 'a function failed or took too long',
      or: ['edge/quota'],
    },
  ],
  fixes: {
    'ip-denied':
      'Project configuration > Access & security > Firewall Traffic Rules: add an exception for the address of the test machine, and send the request again',
    'rate-limited':
      'the rate_limit of the redirect or function in netlify.toml: raise window_limit, deploy, and send the request by itself',
    'upstream-down': '`netlify logs:function NAME` shows the failure: mend it, deploy, and send the request again',
    'authentication-required':
      'send the site password or the user of `Basic-Auth:` in _headers; Site configuration > Access & security > Visitor access shows which',
    'not-found':
      '`netlify deploy --build` shows the published folder: compare it and _redirects (or [[redirects]] in netlify.toml) with the path; then request it again',
    quota: 'team > Billing > Usage shows which limit suspended the site: raise it, and request it again',
  },
  references: [{ header: 'x-nf-request-id', as: 'request id' }],
};
