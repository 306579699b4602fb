import { header, status } from '../../sign.js';
import type { RefusalPattern } from '../../system.js';

const redirects = status(301, 302, 303, 307);

/** Of Any server: redirects to where people log in. */
export const httpLogins: readonly RefusalPattern[] = [
  {
    id: 'login',
    by: 'common',
    all: [
      redirects,
      header(
        'location',
        /(?:\/|[?&=])(?:login|log-in|signin|sign-in|sign_in|sso|oauth2?\/authorize|auth\/login|saml2?\/login|accounts\/login|users\/sign_in|wp-login\.php)\b/i,
      ),
    ],
    cause: 'authentication-required',
    layer: 'application',
    grade: 'likely',
    says: 'a redirect to a login page',
  },
  {
    id: 'identity-provider',
    by: 'common',
    all: [
      redirects,
      header(
        'location',
        /^https?:\/\/.{1,600}[?&](?:client_id=.{0,2000}[&]response_type=|response_type=.{0,2000}[&]client_id=|SAMLRequest=)/,
      ),
    ],
    cause: 'authentication-required',
    layer: 'unknown',
    grade: 'likely',
    says: 'a redirect to an identity provider: the application asks for a login, or a proxy before it',
    instead: ['login'],
    or: ['application/authentication-required', 'gateway/authentication-required', 'edge/authentication-required'],
    next: 'the cookie that is set beside it, and redirect_uri in it: its path is of whoever asks',
  },
];
