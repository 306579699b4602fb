import { header, json, jsonKeys, status } from '../../sign.js';
import type { RefusalPattern } from '../../system.js';

/** Of Amazon API Gateway: HTTP APIs, which tell less than REST APIs do. */
export const awsHttpApi: readonly RefusalPattern[] = [
  {
    id: 'http-api-404',
    by: 'header',
    all: [status(404), header('apigw-requestid'), jsonKeys('message'), json('message', 'Not Found')],
    cause: 'not-found',
    grade: 'likely',
    says: 'no route of the HTTP API fits',
    or: ['application/not-found'],
  },
  {
    id: 'http-api-403',
    by: 'header',
    all: [status(403), header('apigw-requestid'), jsonKeys('message'), json('message', 'Forbidden')],
    cause: 'not-authorized',
    grade: 'likely',
    says: 'the authorizer of the HTTP API refuses it, or the token lacks a scope',
    or: ['gateway/client-certificate', 'gateway/path-denied'],
  },
  {
    id: 'http-api-429',
    by: 'header',
    all: [status(429), header('apigw-requestid'), jsonKeys('message')],
    cause: 'rate-limited',
    grade: 'proved',
    says: 'the throttle of the stage or route is reached',
  },
  {
    id: 'http-api-5xx',
    by: 'header',
    all: [status(500, 503), header('apigw-requestid'), jsonKeys('message')],
    cause: 'upstream-down',
    grade: 'likely',
    says: 'the integration behind the HTTP API failed, or did not answer in time',
    or: ['application/internal-error'],
  },
  {
    id: 'jwt',
    by: 'header',
    all: [status(401), header('apigw-requestid'), header('www-authenticate', /^Bearer/)],
    cause: 'authentication-required',
    grade: 'proved',
    says: 'the JWT authorizer does not accept the token; WWW-Authenticate says why',
    or: ['gateway/token-expired'],
  },
  {
    id: 'jwt-expired',
    by: 'header',
    all: [status(401), header('apigw-requestid'), header('www-authenticate', /the token has expired/)],
    instead: ['jwt'],
    cause: 'token-expired',
    grade: 'proved',
    says: 'the JWT authorizer says that the token has expired',
  },
];
