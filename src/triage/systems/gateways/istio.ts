import { body, header, status } from '../../sign.js';
import type { System } from '../../system.js';

export const istioSystem: System = {
  id: 'istio',
  name: 'Istio',
  layer: 'gateway',
  source: 'https://github.com/istio/istio/issues/4720',
  rides: [header('server', /^istio-envoy$/)],
  refusals: [
    {
      id: 'mixer',
      by: 'code',
      all: [status(403), body(/^PERMISSION_DENIED:.{1,200}:RBAC: permission denied\.$/)],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'an authorization policy of the mesh refuses it',
      seen: ['istio/rbac-2018'],
    },
    {
      id: 'unauthenticated',
      by: 'code',
      all: [status(401), body(/^Origin authentication failed\.?$/)],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the mesh does not accept the token',
    },
    {
      id: 'mixer-other',
      by: 'code',
      all: [status(403, 429), body(/^(?:PERMISSION_DENIED|RESOURCE_EXHAUSTED):handler\./)],
      cause: 'not-authorized',
      grade: 'likely',
      says: 'a handler of the mesh refuses it',
      or: ['gateway/rate-limited'],
    },
  ],
  fixes: {
    'not-authorized':
      '`istioctl x authz check POD` lists the AuthorizationPolicy that applies: add principal, path and method to its rules (an ALLOW policy refuses all that it does not name), apply, and send the request again',
    'authentication-required':
      'send a token whose iss and aud fit jwtRules of the RequestAuthentication (`kubectl get requestauthentication -A -o yaml`); istio-proxy logs with `--level jwt:debug` say what fails',
  },
};
