import { header, markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const oauth2ProxySystem: System = {
  id: 'oauth2-proxy',
  name: 'OAuth2 Proxy',
  layer: 'gateway',
  source: 'oauth2-proxy, pkg/app/pagewriter',
  rides: [header('set-cookie', /^_oauth2_proxy/)],
  refusals: [
    {
      id: 'sign-in',
      by: 'page',
      all: [status(200, 401, 403), markup(/oauth2-proxy|OAuth2 Proxy/), markup(/Sign in with|oauth2\/start/)],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the sign-in page of OAuth2 Proxy',
    },
    {
      id: 'redirect',
      by: 'header',
      all: [
        status(302, 303, 307),
        header('set-cookie', /^_oauth2_proxy\w{0,40}_csrf/),
        header('location', /[?&]client_id=/),
      ],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'OAuth2 Proxy sets the cookie of a login that begins, and sends the client to the identity provider',
    },
    {
      id: 'forbidden',
      by: 'page',
      all: [status(403), title(/^(?:403 )?Forbidden$/), markup(/Secured with|oauth2-proxy/), markup(/OAuth2 Proxy/)],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'OAuth2 Proxy refuses the user: e-mail, group or domain are not on its list',
      or: ['gateway/csrf', 'gateway/authentication-required'],
    },
    {
      id: 'csrf',
      by: 'page',
      all: [status(403), markup(/OAuth2 Proxy/), markup(/CSRF token|csrf/i)],
      cause: 'csrf',
      grade: 'likely',
      says: 'the cookie of the login is gone, or is of another login',
    },
    {
      id: 'error',
      by: 'page',
      all: [status(500, 502), title(/^50[02] /), markup(/Secured with/), markup(/OAuth2 Proxy/)],
      cause: 'upstream-down',
      grade: 'likely',
      says: 'what stands behind OAuth2 Proxy, or the identity provider, does not answer',
    },
  ],
  fixes: {
    'authentication-required':
      'send the cookie of a login (_oauth2_proxy), or a bearer token with --skip-jwt-bearer-tokens; --skip-auth-route leaves a path open',
    'not-authorized':
      '--email-domain, --allowed-group and --authenticated-emails-file say who may come in: add the account of the tests, restart, and log in afresh',
    csrf: 'start the login afresh at /oauth2/start with one host name and https (--cookie-domains, --cookie-secure), and keep its cookies',
    'upstream-down':
      'the log of oauth2-proxy names upstream or issuer: mend --upstream or --oidc-issuer-url, and send the request again',
  },
};
