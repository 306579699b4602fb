import { body, header, json, status } from '../../sign.js';
import type { System } from '../../system.js';

export const actixSystem: System = {
  id: 'actix',
  name: 'Go and Rust frameworks',
  layer: 'application',
  source: 'gorilla/csrf, gin, echo, fiber, actix, axum: source',
  rides: [],
  refusals: [
    {
      id: 'gorilla-csrf',
      by: 'code',
      all: [
        status(403),
        body(
          /^Forbidden - (?:CSRF token (?:invalid|not found in request)|origin invalid|referer (?:not supplied|invalid))\s*$/,
        ),
      ],
      cause: 'csrf',
      grade: 'proved',
      says: 'gorilla/csrf says what is wrong with the form token',
    },
    {
      id: 'go-cross-origin',
      by: 'code',
      all: [
        status(403),
        body(
          /^cross-origin request detected(?:, and\/or browser is out of date: Sec-Fetch-Site is missing, and Origin does not match Host| from Sec-Fetch-Site header)?\s*$/,
        ),
      ],
      cause: 'csrf',
      grade: 'proved',
      says: 'CrossOriginProtection of Go refuses a request of another site',
    },
    {
      id: 'echo-csrf',
      by: 'code',
      all: [status(403), json('message', /^invalid csrf token$/)],
      cause: 'csrf',
      grade: 'proved',
      says: "echo's CSRF middleware does not accept the token",
    },
    {
      id: 'echo-csrf-missing',
      by: 'code',
      all: [status(400), json('message', /^missing csrf token/)],
      cause: 'csrf',
      grade: 'proved',
      says: "echo's CSRF middleware found no token",
    },
    {
      id: 'echo-jwt',
      by: 'code',
      all: [status(400, 401), json('message', /^(?:missing or malformed jwt|invalid or expired jwt)$/)],
      cause: 'authentication-required',
      grade: 'proved',
      says: "echo's JWT middleware does not accept the token",
    },
    {
      id: 'echo-key',
      by: 'code',
      all: [status(400, 401), json('message', /^(?:missing key in request header|invalid key)/)],
      cause: 'api-key',
      grade: 'likely',
      says: "echo's key middleware does not accept the key",
    },
    {
      id: 'fiber-csrf',
      by: 'code',
      all: [status(403), body('Forbidden'), header('set-cookie', /^csrf_=/)],
      cause: 'csrf',
      grade: 'likely',
      says: "fiber's CSRF middleware does not accept the token",
    },
    {
      id: 'axum-json',
      by: 'code',
      all: [
        status(400, 415, 422),
        body(/^(?:Expected request with `Content-Type: application\/json`|Failed to (?:parse|deserialize) )/),
      ],
      cause: 'malformed-request',
      grade: 'proved',
      says: 'the extractor of the handler cannot read the body',
    },
    {
      id: 'axum-large',
      by: 'code',
      all: [status(413), body('length limit exceeded')],
      cause: 'body-too-large',
      grade: 'proved',
      says: 'the body is over the limit of the extractor',
    },
    {
      id: 'go-large',
      by: 'code',
      all: [status(413), body(/^http: request body too large\s*$/)],
      cause: 'body-too-large',
      grade: 'proved',
      says: 'the body is over the limit of the handler',
    },
    {
      id: 'go-405',
      by: 'code',
      all: [status(405), body(/^Method Not Allowed\s*$/), header('allow')],
      cause: 'method-not-supported',
      grade: 'likely',
      says: 'the route takes no such method',
    },
    {
      id: 'go-referrer',
      by: 'code',
      all: [status(403), body(/^(?:Forbidden|forbidden) - CSRF token/i)],
      cause: 'csrf',
      grade: 'likely',
      says: 'the form token is missing or wrong',
    },
  ],
  fixes: {
    csrf: 'give the suite a session: GET the form, and send its token (gorilla: X-CSRF-Token, echo: the header or field of TokenLookup) with the cookie; behind TLS that ends at a proxy set csrf.TrustedOrigins or AddTrustedOrigin',
    'authentication-required':
      'the middleware names header and scheme (echo `KeyAuth`, `JWT`; gin BasicAuth; axum TypedHeader): send Authorization as it reads it',
    'api-key': '`KeyLookup` of KeyAuth names where the key is read: send it there',
    'malformed-request':
      'the binder or extractor names the field (`ShouldBindJSON`, `Json<T>`): send what its struct asks for',
    'body-too-large':
      'raise the limit (echo `BodyLimit`, fiber BodyLimit, axum DefaultBodyLimit::max, actix `JsonConfig::limit`) for this route, and send the same body again',
    'method-not-supported':
      'the router has the path with other methods (`app.Routes()`): send one that Allow lists, or add it',
  },
};
