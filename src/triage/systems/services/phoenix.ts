import { body, header, logged, markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const phoenixSystem: System = {
  id: 'phoenix',
  name: 'Phoenix',
  layer: 'application',
  source: 'phoenixframework/phoenix and elixir-plug/plug, source',
  rides: [],
  refusals: [
    {
      id: 'csrf',
      by: 'page',
      all: [status(403), markup('Plug.CSRFProtection.InvalidCSRFTokenError'), title(/InvalidCSRFTokenError/)],
      cause: 'csrf',
      grade: 'proved',
      says: 'the form token is missing or wrong',
    },
    {
      id: 'csrf-origin',
      by: 'page',
      all: [
        status(403),
        markup('Plug.CSRFProtection.InvalidCrossOriginRequestError'),
        title(/InvalidCrossOriginRequestError/),
      ],
      cause: 'csrf',
      grade: 'proved',
      says: 'a script asked from another origin',
    },
    {
      id: '403',
      by: 'code',
      all: [status(403), body('Forbidden'), header('x-request-id'), header('server', /^Cowboy/)],
      cause: 'csrf',
      grade: 'possible',
      says: 'an error of status 403 in production, of which the form token is the commonest',
    },
    {
      id: 'log-csrf',
      by: 'log',
      all: [status(403), logged('phoenix', /^\*\* \(Plug\.CSRFProtection\./)],
      cause: 'csrf',
      grade: 'proved',
      says: 'the log says that the form token is missing or wrong',
    },
  ],
  fixes: {
    csrf: 'give the suite a session: GET the form, and send _csrf_token (or x-csrf-token) with the session cookie; an API belongs in a pipeline without `plug :protect_from_forgery`',
  },
};
