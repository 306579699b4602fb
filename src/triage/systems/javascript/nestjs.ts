import { json, jsonKeys, no, status } from '../../sign.js';
import type { System } from '../../system.js';

export const nestjsSystem: System = {
  id: 'nestjs',
  name: 'NestJS',
  layer: 'application',
  source: 'Nest 12.5, captured',
  rides: [],
  refusals: [
    {
      id: 'guard',
      by: 'code',
      all: [status(403), jsonKeys('message', 'error', 'statusCode'), json('message', 'Forbidden resource')],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'a guard refuses the user',
      or: ['application/csrf'],
    },
    {
      id: 'forbidden',
      by: 'code',
      all: [status(403), jsonKeys('message', 'error', 'statusCode'), no(json('message', 'Forbidden'))],
      cause: 'not-authorized',
      grade: 'likely',
      says: 'a ForbiddenException of the application',
      or: ['application/csrf'],
      seen: ['node/nest-exc'],
    },
    {
      id: 'unauthorized',
      by: 'code',
      all: [status(401), json('statusCode', '401'), json('message', 'Unauthorized')],
      cause: 'authentication-required',
      grade: 'likely',
      says: 'a guard found no valid credentials',
    },
    {
      id: 'throttle',
      by: 'code',
      all: [status(429), json('message', /^ThrottlerException: Too Many Requests/)],
      cause: 'rate-limited',
      grade: 'proved',
      says: 'ThrottlerGuard counted too many requests',
      seen: ['node/nest-throttle'],
    },
    {
      id: 'route',
      by: 'code',
      all: [status(404), jsonKeys('message', 'error', 'statusCode'), json('message', /^Cannot [A-Z]{3,20} \//)],
      cause: 'not-found',
      grade: 'proved',
      says: 'there is no such route',
      seen: ['node/nest-noroute'],
    },
    {
      id: 'validation',
      by: 'code',
      all: [status(400), jsonKeys('message', 'error', 'statusCode'), json('message.0')],
      cause: 'malformed-request',
      grade: 'likely',
      says: 'a pipe does not accept the content',
    },
    {
      id: 'large',
      by: 'code',
      all: [status(413), json('statusCode', '413'), json('message', 'request entity too large')],
      cause: 'body-too-large',
      grade: 'proved',
      says: 'the body is over the limit of the body parser',
    },
    {
      id: 'bad-request',
      by: 'status',
      all: [status(400), jsonKeys('message', 'error', 'statusCode')],
      cause: 'malformed-request',
      grade: 'likely',
      says: 'the form of an error of Nest, hapi and Kibana: the content is not accepted',
    },
  ],
  fixes: {
    'not-authorized':
      'a guard of the handler returns false (`@UseGuards(RolesGuard)`, `@Roles(…)`): send as a user with that role',
    'authentication-required':
      '`AuthGuard("jwt")` reads Authorization: Bearer (ExtractJwt of the strategy): send a token that `secretOrKey` signs',
    'not-found':
      'the log at start lists `Mapped {/path, METHOD}`; setGlobalPrefix and versioning come before it; then request one that is there',
    'malformed-request':
      '`message` lists what ValidationPipe refuses: send what the DTO asks for (`whitelist` and forbidNonWhitelisted refuse what it does not know)',
    'body-too-large': "`app.useBodyParser('json', { limit: '10mb' })` in main.ts raises it; send the same body again",
    'rate-limited': 'raise the limit of ThrottlerModule for the tests (@SkipThrottle), or slow the run down (--rate)',
  },
};
