import { json, status } from '../../sign.js';
import type { System } from '../../system.js';

export const kubernetesSystem: System = {
  id: 'kubernetes',
  name: 'Kubernetes API',
  layer: 'application',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/',
  rides: [],
  refusals: [
    {
      id: 'forbidden',
      by: 'code',
      all: [status(403), json('kind', 'Status'), json('reason', 'Forbidden')],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'RBAC or an admission controller refuses it; the message names user and verb',
    },
    {
      id: 'unauthorized',
      by: 'code',
      all: [status(401), json('kind', 'Status'), json('reason', 'Unauthorized')],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the token or certificate is not valid',
    },
    {
      id: 'not-found',
      by: 'code',
      all: [status(404), json('kind', 'Status'), json('reason', 'NotFound')],
      cause: 'not-found',
      grade: 'proved',
      says: 'there is no such object',
    },
    {
      id: 'quota',
      by: 'code',
      all: [status(403), json('kind', 'Status'), json('message', /exceeded quota/)],
      cause: 'quota',
      grade: 'proved',
      says: 'a resource quota is used up',
    },
    {
      id: 'webhook',
      by: 'code',
      all: [status(400, 403), json('kind', 'Status'), json('message', /^admission webhook /)],
      cause: 'business-rule',
      grade: 'proved',
      says: 'an admission webhook refuses it',
    },
    {
      id: 'rate',
      by: 'code',
      all: [status(429), json('kind', 'Status'), json('reason', 'TooManyRequests')],
      cause: 'rate-limited',
      grade: 'proved',
      says: 'the API server limits requests',
    },
    {
      id: 'conflict',
      by: 'code',
      all: [status(409), json('kind', 'Status'), json('reason', 'Conflict')],
      cause: 'business-rule',
      grade: 'proved',
      says: 'the object has changed in between',
    },
  ],
  fixes: {
    'not-authorized':
      '`kubectl auth can-i VERB RESOURCE --as USER -n NS` tells; bind a Role with that verb (`kubectl create rolebinding`), and send the request again',
    'authentication-required':
      'send a token that is valid (`kubectl create token SA`), or the client certificate of the kubeconfig; `kubectl auth whoami` shows who it is',
    'not-found':
      '`kubectl api-resources` and `kubectl get KIND -A` show group, version and namespace; then request one that is there',
    quota:
      '`kubectl describe resourcequota -n NS` shows what is used up: raise it, or ask for less; then send the request again',
    'business-rule':
      'an admission webhook or policy refuses it, and the message names it (`kubectl get validatingwebhookconfigurations`): send an object that it accepts',
    'rate-limited':
      'API Priority and Fairness: X-Kubernetes-PF-FlowSchema-UID names the schema (`kubectl get flowschemas`): lower --rate, or give the account a level of its own',
  },
};
