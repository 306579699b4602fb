import { body, header, heading, json, logged, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const aspnetcoreSystem: System = {
  id: 'aspnetcore',
  name: 'ASP.NET Core',
  layer: 'application',
  source: 'https://learn.microsoft.com/en-us/aspnet/core/security/anti-request-forgery',
  rides: [header('server', /^Kestrel/), header('set-cookie', /^\.AspNetCore\./)],
  refusals: [
    {
      id: 'log-csrf',
      by: 'log',
      all: [status(400), logged('aspnetcore', /^Antiforgery token validation failed/)],
      cause: 'csrf',
      grade: 'proved',
      says: 'the antiforgery filter found no token that fits',
      or: ['application/malformed-request'],
      seen: ['aspnetcore/antiforgery'],
    },
    {
      id: 'log-policy',
      by: 'log',
      all: [
        status(401, 403),
        logged('aspnetcore', /^(?:Authorization failed|AuthenticationScheme: \S+ was forbidden)/),
      ],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'an authorization policy refuses the user',
    },
    {
      id: 'log-challenge',
      by: 'log',
      all: [status(401, 302), logged('aspnetcore', /^AuthenticationScheme: \S+ was challenged/)],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the application asks for credentials',
    },
    {
      id: 'log-cors',
      by: 'log',
      all: [logged('aspnetcore', /^CORS policy execution failed/)],
      cause: 'cors',
      grade: 'proved',
      says: 'the CORS policy does not know the origin',
    },
    {
      id: 'log-large',
      by: 'log',
      all: [status(413), logged('aspnetcore', /^Request body too large/)],
      cause: 'body-too-large',
      grade: 'proved',
      says: 'the body is over the limit of Kestrel or the action',
    },
    {
      id: 'empty-400',
      by: 'status',
      all: [status(400), header('server', /^Kestrel/), body('')],
      cause: 'unknown',
      layer: 'application',
      grade: 'likely',
      says: 'an empty 400 of Kestrel: the antiforgery filter answers so, and so does a request that cannot be read',
      or: ['application/csrf', 'application/malformed-request', 'application/host-not-allowed'],
      next: 'the log at level information: `Antiforgery token validation failed`',
    },
    {
      id: 'host',
      by: 'page',
      all: [status(400), title('Bad Request'), heading('Bad Request - Invalid Hostname'), header('server', /^Kestrel/)],
      cause: 'host-not-allowed',
      grade: 'proved',
      says: 'AllowedHosts does not have the host',
    },
    {
      id: 'problem-403',
      by: 'code',
      all: [
        status(403),
        json('title', 'Forbidden'),
        json('type', /^https:\/\/tools\.ietf\.org\/html\/rfc(?:7231|9110)#section/),
      ],
      cause: 'not-authorized',
      grade: 'likely',
      says: 'an authorization policy refuses the user',
    },
    {
      id: 'problem-401',
      by: 'code',
      all: [
        status(401),
        json('title', 'Unauthorized'),
        json('type', /^https:\/\/tools\.ietf\.org\/html\/rfc(?:7235|9110)#section/),
      ],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the application asks for credentials',
    },
    {
      id: 'problem-400',
      by: 'code',
      all: [status(400), json('title', 'One or more validation errors occurred.'), json('traceId')],
      cause: 'malformed-request',
      grade: 'proved',
      says: 'the content does not fit the model',
    },
    {
      id: 'problem-415',
      by: 'code',
      all: [status(415), json('title', 'Unsupported Media Type'), json('type', /rfc(?:7231|9110)/)],
      cause: 'content-type-denied',
      grade: 'proved',
      says: 'the action takes no such Content-Type',
    },
    {
      id: 'problem-404',
      by: 'code',
      all: [status(404), json('title', 'Not Found'), json('type', /rfc(?:7231|9110)/)],
      cause: 'not-found',
      grade: 'likely',
      says: 'there is no such action or object',
    },
    {
      id: 'problem-405',
      by: 'code',
      all: [status(405), json('title', 'Method Not Allowed'), json('type', /rfc(?:7231|9110)/)],
      cause: 'method-not-supported',
      grade: 'proved',
      says: 'the action takes no such method',
    },
  ],
  fixes: {
    'authentication-required':
      '[Authorize] of the endpoint asks for a scheme (AddJwtBearer, AddCookie): send what it reads; Logging:LogLevel:Microsoft.AspNetCore.Authentication=Debug says why one is refused',
    cors: 'add the origin to WithOrigins of the policy (`app.UseCors` between routing and authorization), restart, and send it with that Origin',
    'host-not-allowed':
      'add the host to AllowedHosts in appsettings.json (HostFiltering), restart, and send the request again',
    'malformed-request':
      '`errors` of the ProblemDetails names the fields: send what the model asks for; for Kestrel limits see MaxRequestLineSize and MaxRequestHeadersTotalSize',
    'content-type-denied':
      '[Consumes] or the input formatters do not have it: send application/json, or AddXmlSerializerFormatters()',
    'not-found':
      '`app.MapGet("/debug/routes", …)` over EndpointDataSource lists the routes; UsePathBase comes before them; then request one that is there',
    'method-not-supported':
      'the endpoint has another [Http…] attribute: send that method (Allow in the answer), or add one',
    csrf: 'give the suite a session: GET the form, and send its __RequestVerificationToken (or the configured header) with the antiforgery cookie',
    'not-authorized':
      'the log at level information names the policy that failed (Authorization failed): send as a user who meets it',
    'body-too-large': 'raise RequestSizeLimit of the action or MaxRequestBodySize of Kestrel',
  },
};
