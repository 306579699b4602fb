import { header, status, title } from '../../sign.js';
import type { RefusalPattern } from '../../system.js';

/** Of Cloudflare: its Access, which stands before hosts of a zone. */
export const cloudflareAccess: readonly RefusalPattern[] = [
  {
    id: 'access-page',
    by: 'page',
    all: [status(403, 401), header('server', /^cloudflare/i), title(/Cloudflare Access/)],
    cause: 'not-authorized',
    grade: 'proved',
    says: 'Cloudflare Access refuses the user, or the service token',
    or: ['edge/authentication-required'],
  },
  {
    id: 'access-header',
    by: 'header',
    all: [status(401, 403), header('www-authenticate', /^Cloudflare-Access\b/i)],
    cause: 'authentication-required',
    grade: 'likely',
    says: 'Cloudflare Access asks for a login or a service token',
    or: ['edge/not-authorized'],
  },
  {
    id: 'access-login',
    by: 'header',
    all: [status(302), header('location', /^https:\/\/[\w.-]{1,200}\.cloudflareaccess\.com\/cdn-cgi\/access\//)],
    cause: 'authentication-required',
    grade: 'proved',
    says: 'Cloudflare Access sends the client to its login',
  },
  {
    id: 'access-domain',
    by: 'header',
    all: [status(302, 401, 403), header('cf-access-domain')],
    cause: 'authentication-required',
    grade: 'likely',
    says: 'Cloudflare Access stands before this host',
    or: ['edge/not-authorized'],
  },
];
