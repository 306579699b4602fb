import { json, jsonKeys, markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const keycloakSystem: System = {
  id: 'keycloak',
  name: 'Keycloak',
  layer: 'application',
  source: 'documentation of Keycloak, public threads',
  rides: [],
  refusals: [
    {
      id: 'csrf',
      by: 'page',
      all: [
        status(400),
        markup(/(?:Page has expired|Restart login cookie not found)/i),
        title(/Sign in|Log ?in|expired/i),
      ],
      cause: 'csrf',
      grade: 'likely',
      says: 'the login session is gone',
    },
    {
      id: 'https',
      by: 'code',
      all: [status(403), json('error', 'invalid_request'), json('error_description', 'HTTPS required')],
      cause: 'tls-required',
      grade: 'proved',
      says: 'the realm wants https; behind a proxy set proxy-headers',
    },
    {
      id: 'expired',
      by: 'code',
      all: [
        status(400),
        json('error', 'invalid_grant'),
        json(
          'error_description',
          /^(?:Token is not active|Session not active|Offline (?:user )?session|Stale token|Code not valid)/,
        ),
      ],
      cause: 'token-expired',
      grade: 'proved',
      says: 'the refresh token, code or session has run out',
    },
    {
      id: 'disabled',
      by: 'code',
      all: [status(400, 401), json('error', 'invalid_grant'), json('error_description')],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'user, password or grant are not valid',
    },
    {
      id: 'client',
      by: 'code',
      all: [status(401), json('error', /^(?:invalid_client|unauthorized_client)$/), json('error_description')],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the client or its secret is not valid',
    },
    {
      id: 'token',
      by: 'code',
      all: [status(401), json('error', 'HTTP 401 Unauthorized'), jsonKeys('error')],
      cause: 'authentication-required',
      grade: 'likely',
      says: 'the token is not valid',
    },
    {
      id: 'forbidden',
      by: 'code',
      all: [
        status(403),
        json('error', /^(?:HTTP 403 Forbidden|insufficient_scope|access_denied|unknown_error|not_authorized)$/),
        json('error'),
      ],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the token lacks a role',
    },
  ],
  fixes: {
    'token-expired':
      'fetch a fresh token before each run with the password or client credentials grant; Realm settings > Sessions and Tokens say how long they live',
    csrf: 'start the login afresh at /protocol/openid-connect/auth, and send AUTH_SESSION_ID with the form; behind a proxy set --proxy-headers and --hostname so that the cookie fits',
    'tls-required':
      'send to https:// ; where TLS ends at a proxy start with --proxy-headers=xforwarded; Realm settings > Require SSL says for whom it is asked',
    'authentication-required':
      'the token endpoint says why (`error_description`): compare client id, secret, grant and redirect URI with Clients > Settings, and fetch a fresh token',
    'not-authorized':
      'Clients > Service account roles or Users > Role mapping: assign the role (realm-management for the admin API), fetch a fresh token, and send the request again',
  },
};
