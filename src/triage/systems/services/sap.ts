import { body, header, heading, json, markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const sapSystem: System = {
  id: 'sap',
  name: 'SAP Gateway',
  layer: 'application',
  source: 'https://help.sap.com/docs/',
  rides: [header('sap-server'), header('sap-metadata-last-modified'), header('sap-perf-fesrec')],
  refusals: [
    {
      id: 'csrf',
      by: 'header',
      all: [status(403), header('x-csrf-token', /^required$/i), body(/CSRF token validation failed/i)],
      cause: 'csrf',
      grade: 'proved',
      says: 'X-CSRF-Token: Required, and the token is missing or of another session',
    },
    {
      id: 'logon',
      by: 'page',
      all: [status(401), title(/^Logon Error Message|Anmeldefehler/)],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'user or password are not accepted',
    },
    {
      id: 'forbidden',
      by: 'page',
      all: [status(403), heading(/^403 Forbidden/), markup(/Service cannot be reached|SAP/)],
      cause: 'path-denied',
      grade: 'likely',
      says: 'the service is not active in transaction SICF',
      or: ['application/not-authorized'],
    },
    {
      id: 'odata',
      by: 'code',
      all: [status(403), json('error.code', /^(?:\/IWFND\/|\/IWBEP\/)/)],
      cause: 'not-authorized',
      grade: 'likely',
      says: 'SAP Gateway lacks an authorization (S_SERVICE)',
    },
  ],
  fixes: {
    csrf: 'GET the service with `X-CSRF-Token: Fetch`, and send the token of the answer with its cookies in the POST',
    'authentication-required':
      'send user, password and sap-client of a user who may log on; SU01 shows whether he is locked',
    'path-denied': 'activate the service in SICF (and /IWFND/MAINT_SERVICE), and request it again',
    'not-authorized':
      'SU53 of the user shows the authorization that is missing: add it to a role, and send the request again',
  },
};
