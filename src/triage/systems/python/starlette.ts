import { body, header, json, status } from '../../sign.js';
import type { System } from '../../system.js';

export const starletteSystem: System = {
  id: 'starlette',
  name: 'Starlette and FastAPI',
  layer: 'application',
  source: 'FastAPI 0.165 and Starlette, captured',
  rides: [header('server', /^uvicorn/)],
  refusals: [
    {
      id: 'bearer',
      by: 'code',
      all: [status(401, 403), json('detail', 'Not authenticated')],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the security scheme of the route found no credentials',
      seen: ['fastapi/bearer-missing'],
    },
    {
      id: 'credentials',
      by: 'code',
      all: [
        status(401, 403),
        json(
          'detail',
          /^(?:Could not validate credentials|Invalid authentication credentials|Incorrect username or password|Invalid or expired token|Not authenticated\.)$/,
        ),
      ],
      cause: 'authentication-required',
      grade: 'likely',
      says: 'the route does not accept the credentials',
    },
    {
      id: 'host',
      by: 'code',
      all: [status(400), body('Invalid host header')],
      cause: 'host-not-allowed',
      grade: 'proved',
      says: 'TrustedHostMiddleware does not know the host',
      seen: ['starlette/trusted-host-400'],
    },
    {
      id: 'cors',
      by: 'code',
      all: [status(400), body(/^Disallowed CORS (?:origin|method|headers)/)],
      cause: 'cors',
      grade: 'proved',
      says: 'CORSMiddleware does not allow it',
    },
    {
      id: 'permission',
      by: 'code',
      all: [
        status(403),
        json(
          'detail',
          /^(?:Not enough permissions|Forbidden|Operation not permitted|The user doesn't have enough privileges)/,
        ),
      ],
      cause: 'not-authorized',
      grade: 'likely',
      says: 'the route refuses the user',
    },
    {
      id: 'not-found',
      by: 'code',
      all: [status(404), json('detail', 'Not Found')],
      cause: 'not-found',
      grade: 'likely',
      says: 'there is no such route',
    },
    {
      id: 'method',
      by: 'code',
      all: [status(405), json('detail', 'Method Not Allowed')],
      cause: 'method-not-supported',
      grade: 'proved',
      says: 'the route takes no such method',
    },
    {
      id: 'validation',
      by: 'code',
      all: [status(422), json('detail.*.type'), json('detail.*.msg')],
      cause: 'malformed-request',
      grade: 'proved',
      says: 'the content does not fit the model of the route',
    },
    {
      id: 'csrf',
      by: 'code',
      all: [status(403), body(/^CSRF token verification failed$/)],
      cause: 'csrf',
      grade: 'proved',
      says: 'starlette-csrf does not find a token that fits',
    },
    {
      id: 'rate',
      by: 'code',
      all: [status(429), json('error', /^Rate limit exceeded: /)],
      cause: 'rate-limited',
      grade: 'proved',
      says: 'slowapi counted too many requests',
    },
  ],
  fixes: {
    'authentication-required':
      'the dependency of the route (`Security(HTTPBearer())`, OAuth2PasswordBearer) reads Authorization: send the token there; /docs shows the scheme',
    'not-authorized':
      'SecurityScopes or `requires(…)` of the route names the scope: ask for it when fetching the token, and send the request again',
    'not-found':
      '/openapi.json lists paths and methods; `redirect_slashes` and `root_path` behind a proxy decide on the rest; then request one that is there',
    'method-not-supported': 'add the method to the route (`@app.api_route(methods=…)`), or send one that Allow lists',
    'malformed-request':
      '`detail` of the answer names `loc` and the reason for each field: send what the model in /docs asks for',
    csrf: 'send the cookie and the header that the middleware compares (csrftoken and x-csrftoken of starlette-csrf); exempt_urls excepts an API path',
    'rate-limited': 'raise `@limiter.limit` of slowapi (or default_limits) for the tests, or lower --rate',
    'host-not-allowed': 'add the host to allowed_hosts of TrustedHostMiddleware',
    cors: 'add the origin to allow_origins of CORSMiddleware',
  },
};
