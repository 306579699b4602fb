import { header, markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const jettySystem: System = {
  id: 'jetty',
  name: 'Jetty',
  layer: 'application',
  source: 'Jetty 9.4 to 12, as posted in public threads',
  rides: [header('server', /^Jetty/)],
  refusals: [
    {
      id: '403',
      by: 'stock',
      all: [status(403), title(/^Error 403/), markup(/Powered by Jetty/)],
      cause: 'not-authorized',
      grade: 'likely',
      says: "Jetty's page for an error that the application or a constraint sends",
      or: ['application/csrf', 'application/ip-denied'],
    },
    {
      id: 'page-401',
      by: 'stock',
      all: [status(401), title(/^Error 401/), markup(/Powered by Jetty/)],
      cause: 'authentication-required',
      grade: 'likely',
      says: "Jetty's page for this status",
    },
    {
      id: 'page-404',
      by: 'stock',
      all: [status(404), title(/^Error 404/), markup(/Powered by Jetty/)],
      cause: 'not-found',
      grade: 'likely',
      says: "Jetty's page for this status",
    },
    {
      id: 'page-405',
      by: 'stock',
      all: [status(405), title(/^Error 405/), markup(/Powered by Jetty/)],
      cause: 'method-not-supported',
      grade: 'likely',
      says: "Jetty's page for this status",
    },
    {
      id: 'page-400',
      by: 'stock',
      all: [status(400), title(/^Error 400/), markup(/Powered by Jetty/)],
      cause: 'malformed-request',
      grade: 'likely',
      says: "Jetty's page for this status",
    },
    {
      id: 'page-500',
      by: 'stock',
      all: [status(500), title(/^Error 500/), markup(/Powered by Jetty/)],
      cause: 'internal-error',
      grade: 'likely',
      says: "Jetty's page for this status",
    },
    {
      id: 'page-503',
      by: 'stock',
      all: [status(503), title(/^Error 503/), markup(/Powered by Jetty/)],
      cause: 'upstream-down',
      grade: 'likely',
      says: "Jetty's page for this status",
    },
    {
      id: 'sni',
      by: 'page',
      all: [status(400), title(/^Error 400 Invalid SNI/)],
      cause: 'host-not-allowed',
      grade: 'proved',
      says: 'the host of SNI is not in the certificate',
    },
  ],
  fixes: {
    'not-authorized':
      'security-constraint in web.xml (or ConstraintMapping) names the role: give it to the user in the LoginService (realm.properties), and send the request again',
    'authentication-required': 'send credentials of the LoginService with the method of login-config (BASIC, FORM)',
    'not-found':
      '`java -jar start.jar --list-config` shows the modules, webapps/ the contexts; then request a path that servlet-mapping has',
    'method-not-supported': 'the servlet has no method for it: send the request to the servlet-mapping of the API',
    'malformed-request':
      '`HttpCompliance` and `UriCompliance` of HttpConfiguration (jetty.httpConfig.uriCompliance in start.d/http.ini) refuse it: correct the bytes, or allow the one violation that the reason names',
    'internal-error': 'the log of Jetty has the exception for the URI: mend it, and send the request again',
    'upstream-down':
      'a context failed to start, or QoSHandler and the thread pool are full: the log at start names it; then send the request again',
    'host-not-allowed':
      '`SniHostCheck` of SecureRequestCustomizer (jetty.ssl.sniHostCheck in start.d/ssl.ini) refuses the Host: send the name that the certificate has',
  },
};
