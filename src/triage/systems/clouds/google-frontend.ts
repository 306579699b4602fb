import { body, header, heading, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const googleFrontendSystem: System = {
  id: 'google-frontend',
  name: 'Google Cloud Run and Functions',
  layer: 'gateway',
  source: 'https://cloud.google.com/run/docs/troubleshooting',
  rides: [header('server', /^Google Frontend/)],
  refusals: [
    {
      id: 'iam',
      by: 'page',
      all: [status(403), heading('Error: Forbidden'), markup('Your client does not have permission to get URL')],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the service is private: the caller has no role of an invoker',
      or: ['gateway/authentication-required'],
    },
    {
      id: 'unauthorized',
      by: 'page',
      all: [
        status(401),
        heading('Error: Unauthorized'),
        markup('Your client does not have permission to the requested URL'),
      ],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the service is private, and the token is missing or not valid',
    },
    {
      id: 'busy',
      by: 'page',
      all: [status(429), heading(/Rate exceeded/), header('server', /^Google Frontend/)],
      cause: 'rate-limited',
      grade: 'likely',
      says: 'no instance was free',
    },
    {
      id: 'rate',
      by: 'code',
      all: [status(429), body('Rate exceeded.')],
      cause: 'rate-limited',
      grade: 'likely',
      says: 'no instance was free',
    },
    {
      id: 'down',
      by: 'page',
      all: [status(500, 503), heading('Error: Server Error'), header('server', /^Google Frontend/)],
      cause: 'upstream-down',
      grade: 'likely',
      says: 'the service failed or did not start',
    },
    {
      id: 'iap',
      by: 'header',
      all: [header('x-goog-iap-generated-response', 'true')],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the Identity-Aware Proxy made this answer itself',
      or: ['gateway/not-authorized'],
    },
  ],
  fixes: {
    'authentication-required':
      'send an identity token (`gcloud auth print-identity-token`) in Authorization: Bearer with the URL of the service as audience; the caller needs roles/run.invoker',
    'rate-limited':
      'raise --max-instances or --concurrency of the service (`gcloud run services update`); `no available instance` in its log tells; then send the request by itself',
    'upstream-down':
      '`gcloud run services logs read` shows whether the container started and listened on PORT in time: mend it, deploy, and send the request again',
    'not-authorized':
      'send an identity token (`gcloud auth print-identity-token`) of an account with roles/run.invoker, or grant that role to allUsers for a public service',
  },
};
