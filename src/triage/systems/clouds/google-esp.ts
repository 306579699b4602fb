import { json, status } from '../../sign.js';
import type { System } from '../../system.js';

export const googleEspSystem: System = {
  id: 'google-esp',
  name: 'Google Cloud Endpoints',
  layer: 'gateway',
  source: 'https://cloud.google.com/endpoints/docs/openapi/troubleshoot-response-errors',
  rides: [],
  refusals: [
    {
      id: 'key',
      by: 'code',
      all: [status(401, 403), json('message', /Method doesn't allow unregistered callers/)],
      cause: 'api-key',
      grade: 'proved',
      says: 'the API key is missing',
    },
    {
      id: 'jwt',
      by: 'code',
      all: [
        status(401),
        json('message', /^(?:Jwt|JWT) (?:is missing|validation failed|is expired|issuer is not configured)/),
        json('code'),
      ],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the token is missing or not valid',
      or: ['gateway/token-expired'],
    },
  ],
  fixes: {
    'api-key':
      'send ?key= or x-api-key of a project in which the service is enabled (`gcloud services enable SERVICE`); `securityDefinitions` of the deployed configuration say where it is read',
    'authentication-required':
      'compare iss and aud of the token with x-google-issuer and x-google-audiences in the OpenAPI file of the service, deploy it (`gcloud endpoints services deploy`), and send it again',
  },
};
