import type { Cause } from '../../../model/triage.js';
import { markup, no, status, title } from '../../sign.js';
import type { RefusalPattern } from '../../system.js';

/** The colour of headlines in the page of ErrorReportValve, which is the same in all languages. */
const colour = markup('background-color:#525D76');
/** A message between type and description. */
const message = markup(
  /<p><b>[^<]{1,40}<\/b>[^<]{0,200}<\/p>\s{0,4}<p><b>[^<]{1,40}<\/b>[^<]{1,400}<\/p>\s{0,4}<p><b>/,
);

/** Tomcat writes its page in the language of Accept-Language: `État HTTP 403 – Interdit`, `HTTP状态 403 - 禁止`. */
const titled = (code: number) =>
  title(new RegExp(`^(?!HTTP Status ${code} .{1,3} ${english}).{0,20}HTTP.{0,20} ${code}\\b`, 'u'));

/** Pages with these reasons are known by them. */
const english =
  '(?:Bad Request|Unauthorized|Forbidden|Not Found|Method Not Allowed|.{1,20} Too Large|Internal Server Error)';

const rows: readonly (readonly [code: number, cause: Cause, says: string])[] = [
  [400, 'malformed-request', 'Tomcat could not read the request'],
  [401, 'authentication-required', 'Tomcat asks for credentials'],
  [404, 'not-found', 'Tomcat has no such application or resource'],
  [405, 'method-not-supported', 'the servlet takes no such method'],
  [413, 'body-too-large', 'the body is over maxPostSize or maxSwallowSize'],
  [500, 'internal-error', 'the application failed'],
];

/** Of Tomcat: its pages in other languages than English. */
export const tomcatPagesInLanguages: readonly RefusalPattern[] = [
  {
    id: 'other-language-403',
    by: 'page',
    all: [status(403), titled(403), colour, message],
    cause: 'not-authorized',
    grade: 'likely',
    says: "Tomcat's page, with a message: a security-constraint of the application refuses the user",
    or: ['application/csrf', 'application/path-denied'],
  },
  {
    id: 'other-language-403-bare',
    by: 'page',
    all: [status(403), titled(403), colour, no(message)],
    cause: 'unknown',
    layer: 'application',
    grade: 'proved',
    says: "Tomcat's page without a message: RemoteAddrValve or CsrfPreventionFilter",
    or: ['application/ip-denied', 'application/csrf', 'application/not-authorized'],
  },
  ...rows.map(
    ([code, cause, says]): RefusalPattern => ({
      id: `other-language-${code}`,
      by: 'page',
      all: [status(code), titled(code), colour],
      cause,
      grade: 'proved',
      says,
    }),
  ),
];
