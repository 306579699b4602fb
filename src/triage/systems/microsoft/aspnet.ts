import { header, heading, json, markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const aspnetSystem: System = {
  id: 'aspnet',
  name: 'ASP.NET',
  layer: 'application',
  source: 'https://learn.microsoft.com/en-us/previous-versions/aspnet/hh882339(v=vs.110)',
  rides: [header('x-aspnet-version'), header('x-aspnetmvc-version')],
  refusals: [
    {
      id: 'validation',
      by: 'page',
      all: [status(500), title(/^A potentially dangerous Request\./)],
      cause: 'malformed-request',
      grade: 'proved',
      says: 'request validation of ASP.NET refuses what looks like markup in a value',
      or: ['application/waf-rule'],
    },
    {
      id: 'validation-path',
      by: 'page',
      all: [status(400), title(/^A potentially dangerous Request\.Path value/)],
      cause: 'malformed-request',
      grade: 'proved',
      says: 'request validation of ASP.NET refuses a character in the path',
    },
    {
      id: 'validation-text',
      by: 'page',
      all: [
        status(400, 500),
        markup(
          /A potentially dangerous Request\.(?:Form|QueryString|Path|Cookies|Headers) value was detected from the client/,
        ),
        heading(/^Server Error in '.{1,200}' Application\.$/),
      ],
      cause: 'malformed-request',
      grade: 'proved',
      says: 'request validation of ASP.NET refuses what looks like markup in a value',
    },
    {
      id: 'csrf',
      by: 'page',
      all: [status(500), title(/^The (?:required anti-forgery|anti-forgery) /)],
      cause: 'csrf',
      grade: 'proved',
      says: 'the antiforgery token is missing or does not fit',
    },
    {
      id: 'viewstate',
      by: 'page',
      all: [status(500), title(/^Validation of viewstate MAC failed/)],
      cause: 'csrf',
      grade: 'likely',
      says: 'the view state is of another node or application',
      fix: 'give all nodes of the farm the same machineKey, and post the form of the same page',
    },
    {
      id: 'denied',
      by: 'page',
      all: [status(401), title(/^Access is denied\.$/)],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'file or URL authorization refuses the user',
    },
    {
      id: 'length',
      by: 'page',
      all: [status(404, 500), title(/^Maximum request length exceeded\.$/)],
      cause: 'body-too-large',
      grade: 'proved',
      says: 'the body is over maxRequestLength',
    },
    {
      id: 'error',
      by: 'page',
      all: [status(500), title('Runtime Error'), heading(/^Server Error in '.{1,200}' Application\.$/)],
      cause: 'internal-error',
      grade: 'likely',
      says: 'the application failed; details are hidden',
    },
    {
      id: 'webapi',
      by: 'code',
      all: [status(401), json('Message', 'Authorization has been denied for this request.')],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the Authorize filter of the API refuses it',
    },
    {
      id: 'webapi-404',
      by: 'code',
      all: [status(404), json('Message', /^No HTTP resource was found that matches the request URI/)],
      cause: 'not-found',
      grade: 'proved',
      says: 'there is no such route',
    },
    {
      id: 'webapi-405',
      by: 'code',
      all: [status(405), json('Message', /^The requested resource does not support http method/)],
      cause: 'method-not-supported',
      grade: 'proved',
      says: 'the route takes no such method',
    },
  ],
  fixes: {
    'not-authorized':
      '`<authorization>` in web.config (`<deny users>`, `<allow roles>`) or [Authorize(Roles)] refuses it: send as a user with the role',
    'body-too-large':
      'raise maxRequestLength (KB) in httpRuntime and maxAllowedContentLength (bytes) in requestLimits of web.config, and send the same body again',
    'internal-error':
      'the event log (Application, ASP.NET) or ELMAH has the exception: mend it, and send the request again; customErrors mode="RemoteOnly" shows it on the server itself',
    'authentication-required':
      '`<authentication mode>` in web.config names the scheme: send the forms cookie, or credentials with `curl --ntlm` or --negotiate',
    'not-found':
      'RouteConfig and `<handlers>` in web.config decide who takes the path; runAllManagedModulesForAllRequests for paths without extension; then request one that is there',
    'method-not-supported':
      'add the verb to the ExtensionlessUrlHandler in `<handlers>` (and remove WebDAVModule where PUT and DELETE are meant), and send the request again',
    csrf: 'give the suite a session: GET the form, and send its __RequestVerificationToken with the cookie of the same name',
    'malformed-request':
      'request validation refused markup in a value: allow it for that one field ([AllowHtml]) if it is meant to take it',
  },
};
