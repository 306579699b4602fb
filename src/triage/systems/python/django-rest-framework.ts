import { json, status } from '../../sign.js';
import type { System } from '../../system.js';

export const djangoRestFrameworkSystem: System = {
  id: 'django-rest-framework',
  name: 'Django REST framework',
  layer: 'application',
  source: 'Django REST framework 3.14, captured',
  rides: [],
  refusals: [
    {
      id: 'csrf',
      by: 'code',
      all: [status(403), json('detail', /^CSRF Failed:/)],
      cause: 'csrf',
      grade: 'proved',
      says: 'SessionAuthentication checks the form token',
      seen: ['django/drf-csrf'],
    },
    {
      id: 'auth',
      by: 'code',
      all: [status(401, 403), json('detail', 'Authentication credentials were not provided.')],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'there are no credentials',
      seen: ['django/drf-noauth'],
    },
    {
      id: 'bad-auth',
      by: 'code',
      all: [
        status(401, 403),
        json(
          'detail',
          /^(?:Invalid token\.|Invalid username\/password\.|Incorrect authentication credentials\.|User inactive or deleted\.|Given token not valid for any token type)/,
        ),
      ],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the credentials are not valid',
    },
    {
      id: 'permission',
      by: 'code',
      all: [status(403), json('detail', 'You do not have permission to perform this action.')],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'a permission class of the view refuses the user',
      seen: ['django/drf-admin'],
    },
    {
      id: 'throttle',
      by: 'code',
      all: [status(429), json('detail', /^Request was throttled\./)],
      cause: 'rate-limited',
      grade: 'proved',
      says: 'a throttle of the view is reached',
    },
    {
      id: 'method',
      by: 'code',
      all: [status(405), json('detail', /^Method "[A-Z]{1,20}" not allowed\.$/)],
      cause: 'method-not-supported',
      grade: 'proved',
      says: 'the view takes no such method',
    },
    {
      id: 'type',
      by: 'code',
      all: [status(415), json('detail', /^Unsupported media type/)],
      cause: 'content-type-denied',
      grade: 'proved',
      says: 'the view has no parser for this Content-Type',
    },
    {
      id: 'accept',
      by: 'code',
      all: [status(406), json('detail', 'Could not satisfy the request Accept header.')],
      cause: 'content-type-denied',
      grade: 'proved',
      says: 'the view has no renderer for this Accept',
    },
    {
      id: 'parse',
      by: 'code',
      all: [status(400), json('detail', /^(?:JSON|XML|Multipart form) parse error/)],
      cause: 'malformed-request',
      grade: 'proved',
      says: 'the body cannot be parsed',
    },
    {
      id: 'not-found',
      by: 'code',
      all: [status(404), json('detail', /^(?:Not found\.|No .{1,100} matches the given query\.)$/)],
      cause: 'not-found',
      grade: 'proved',
      says: 'there is no such object, or the user may not see it',
    },
    {
      id: 'jwt-expired',
      by: 'code',
      all: [status(401), json('messages.*.message', /^Token is (?:invalid or )?expired/)],
      cause: 'token-expired',
      grade: 'proved',
      says: 'the token has expired',
    },
    {
      id: 'simplejwt',
      by: 'code',
      all: [status(401), json('code', 'token_not_valid'), json('detail')],
      cause: 'token-expired',
      grade: 'likely',
      says: 'djangorestframework-simplejwt does not accept the token: it has expired, or is of the wrong type',
      or: ['application/authentication-required'],
      source: 'https://django-rest-framework-simplejwt.readthedocs.io/en/latest/',
    },
    {
      id: 'simplejwt-user',
      by: 'code',
      all: [
        status(401),
        json('code', /^(?:user_not_found|user_inactive|no_active_account|bad_authorization_header|password_changed)$/),
        json('detail'),
      ],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'djangorestframework-simplejwt knows no such user, or the header is not well formed',
      source: 'https://django-rest-framework-simplejwt.readthedocs.io/en/latest/',
    },
  ],
  fixes: {
    'not-authorized':
      'permission_classes of the view (`has_permission`) refuse the user: send as one that has the permission, or grant it in the admin; then send the request again',
    'rate-limited':
      'raise DEFAULT_THROTTLE_RATES (or throttle_classes of the view) in the settings for the tests, or lower --rate; Retry-After says how long it lasts',
    'method-not-supported':
      'add the method to the view set (http_method_names, `@action(methods=…)`), or send one that Allow lists',
    'content-type-denied':
      'add the parser to parser_classes of the view or DEFAULT_PARSER_CLASSES, or send a type that it has (application/json)',
    'malformed-request':
      'the body names each field that the serializer refuses: send what serializer_class asks for (`OPTIONS` on the URL lists the fields)',
    'not-found':
      'get_queryset() of the view decides what this user can see: send as one that can, or with an id that is there',
    'token-expired':
      'fetch a fresh one before each run (`POST /api/token/refresh/`); ACCESS_TOKEN_LIFETIME in SIMPLE_JWT says how long one lives',
    csrf: 'with session authentication send the csrftoken cookie and X-CSRFToken; with tokens send no session cookie at all',
    'authentication-required':
      'send the token or session that authentication_classes of the view take (401 or 403 depends on the first of them)',
  },
};
