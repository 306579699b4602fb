import type { Cause } from '../../../model/triage.js';
import { json, markup, status, xml } from '../../sign.js';
import type { LayerAndCause, RefusalPattern } from '../../system.js';

type Row = readonly [cause: Cause, code: RegExp, or: readonly LayerAndCause[]];

/** Codes that an error in a JSON envelope names, where it stands for no status. */
const codes: readonly Row[] = [
  [
    'authentication-required',
    /^(?:invalid_auth|not_authed|unauthenticated|unauthori[sz]ed|not_logged_in|login_required|account_inactive|invalid_token|invalid_api_key)$/i,
    ['application/token-expired'],
  ],
  ['token-expired', /^(?:token_expired|token_revoked|session_expired|expired_token)$/i, []],
  [
    'not-authorized',
    /^(?:missing_scope|no_permission|access_denied|forbidden|permission_denied|not_allowed|restricted_action|not_allowed_token_type)$/i,
    [],
  ],
  ['rate-limited', /^(?:rate_?limited|rate_limit_exceeded|too_many_requests)$/i, []],
];

const envelope = { by: 'common', layer: 'application', grade: 'possible' } as const;

/** Of Any server: a refusal that an application puts into an answer with status 200. */
export const refusedWith200: readonly RefusalPattern[] = [
  ...codes.flatMap(([cause, code, or]): readonly RefusalPattern[] => [
    {
      ...envelope,
      id: `200-ok-false-${cause}`,
      all: [status(200), json('ok', 'false'), json('error', code)],
      cause,
      says: 'status 200, and an error in JSON that the application tells by `ok` and a code',
      or,
    },
    {
      ...envelope,
      id: `200-success-false-${cause}`,
      all: [status(200), json('success', 'false'), json('error', code)],
      cause,
      says: 'status 200, and an error in JSON that the application tells by `success` and a code',
      or,
    },
  ]),
  ...(
    [
      ['401', 'authentication-required', 'application/token-expired'],
      ['403', 'not-authorized', 'application/csrf'],
      ['429', 'rate-limited', 'gateway/rate-limited'],
    ] as const
  ).flatMap(([code, cause, or]) =>
    ['msg', 'message'].map(
      (key): RefusalPattern => ({
        ...envelope,
        id: `200-code-${code}-${key}`,
        all: [status(200), json('code', code), json(key, /./)],
        cause,
        says: 'status 200, and the code of another status in its JSON: the application tells its errors so',
        or: [or],
      }),
    ),
  ),
  {
    ...envelope,
    id: 'graphql-login',
    all: [
      status(200),
      json(
        'errors.0.message',
        /\b(?:un-?authenticated|not (?:authenticated|logged in)|log ?in|token|jwt|unauthori[sz]ed)\b/i,
      ),
    ],
    cause: 'authentication-required',
    says: 'status 200, and an error of GraphQL that speaks of credentials',
    or: ['application/token-expired', 'application/not-authorized'],
  },
  {
    ...envelope,
    id: 'graphql-right',
    all: [
      status(200),
      json(
        'errors.0.message',
        /\b(?:forbidden|not (?:authori[sz]ed|allowed|permitted)|permissions?|access denied|denied|no such (?:type|field|role))\b/i,
      ),
    ],
    cause: 'not-authorized',
    says: 'status 200, and an error of GraphQL that speaks of a right',
  },
  {
    ...envelope,
    id: 'xml-rpc-login',
    all: [
      status(200),
      markup('<methodResponse>'),
      markup('<name>faultString</name>'),
      xml('string', /(?:user ?name|password|credentials|log(?:ged)? ?in|authenticat)/i),
    ],
    cause: 'authentication-required',
    says: 'status 200, and an XML-RPC fault that speaks of credentials',
    or: ['application/not-authorized'],
  },
  {
    ...envelope,
    id: 'xml-rpc-right',
    all: [
      status(200),
      markup('<methodResponse>'),
      markup('<name>faultString</name>'),
      xml('string', /(?:not allowed|permission|not authori[sz]ed|forbidden|denied)/i),
    ],
    cause: 'not-authorized',
    says: 'status 200, and an XML-RPC fault that speaks of a right',
    or: ['application/authentication-required'],
  },
];
