import type { LineForm } from './line-form.js';

/** What loggers put before a message: a time, a level, the name of a logger. Bounded, and never more than needed. */
const before = '(?:.{0,200}?[\\s:\\]-])?';

/** Lines of frameworks and of what runs them. */
export const applicationForms: readonly LineForm[] = [
  // Forbidden (CSRF cookie not set.): /post
  {
    kind: 'django',
    pattern: new RegExp(
      `^${before}(?<message>(?:Forbidden|Bad Request|Unauthorized|Method Not Allowed|Too Many Requests)(?: \\((?<reason>.{1,500}?)\\))?): (?<path>/\\S{0,4000})$`,
      'u',
    ),
  },
  // Invalid HTTP_HOST header: 'evil.test'. You may need to add 'evil.test' to ALLOWED_HOSTS.
  { kind: 'django', pattern: new RegExp(`^${before}(?<message>Invalid HTTP_HOST header: .{1,500})`, 'u') },
  // ERROR django.security.TooManyFieldsSent The number of GET/POST parameters exceeded settings.DATA_UPLOAD_MAX_NUMBER_FIELDS.
  {
    kind: 'django',
    pattern:
      /^.{0,200}?(?<message>(?:The number of (?:GET\/POST parameters|files)|Request body) exceeded settings\.DATA_UPLOAD_MAX_\w{1,40}\.)/u,
  },
  // W, [2016-04-29T15:24:44.339611 #1973]  WARN -- : Can't verify CSRF token authenticity
  {
    kind: 'rails',
    pattern:
      /^.{0,120}?(?<message>Can't verify CSRF token authenticity|HTTP Origin header \([^)]{0,300}\) didn't match request\.base_url|\[ActionDispatch::HostAuthorization::DefaultResponseApp\] Blocked hosts?: .{0,300}|ActionController::(?:InvalidAuthenticityToken|InvalidCrossOriginRequest|ParameterMissing|BadRequest).{0,300}|Filter chain halted as :\w{1,60} rendered or redirected)/u,
  },
  // ForbiddenError: invalid csrf token
  {
    kind: 'node',
    pattern: /^ {0,4}(?<name>[A-Z]\w{0,40}(?:Error|Exception)|Error): (?<message>.{1,1000})$/u,
  },
  // 2019-07-31 11:35:45 DEBUG … o.s.security.web.csrf.CsrfFilter : Invalid CSRF token found for http://host/x
  {
    kind: 'spring',
    pattern:
      /^.{0,300}?(?<message>Invalid CSRF token found for .{1,500}|Access is denied.{0,100}|The request was rejected because .{1,300}|Reject: .{1,60} origin is not allowed|Failed to authorize .{1,300}|Responding with unauthorized status code.{0,100})/u,
  },
  // 2024-05-01 10:00:00 WARN  play.filters.CSRF  [CSRF] Check failed because no token found in headers
  {
    kind: 'play',
    pattern:
      /^.{0,200}?\bplay\.filters\.\w{1,40}\S{0,60} {1,4}(?:in \S{1,80} )?(?:- )?(?<message>\[CSRF\] Check failed.{0,300}|Host not allowed: .{0,300}|Invalid CORS request.{0,300})/u,
  },
  // ** (Plug.CSRFProtection.InvalidCSRFTokenError) invalid CSRF (Cross Site Request Forgery) token, …
  {
    kind: 'phoenix',
    pattern:
      /^(?:[\d:.]{8,15} )?(?:request_id=\S{1,60} )?(?:\[\w{4,8}\] )?(?<message>\*\* \((?:Plug|Phoenix)\.[\w.]{1,100}\) .{0,300})/u,
  },
  // Antiforgery token validation failed. The required antiforgery cookie "…" is not present.
  {
    kind: 'aspnetcore',
    pattern:
      /^.{0,300}?(?<message>Antiforgery token validation failed\..{0,300}|Authorization failed\..{0,300}|AuthenticationScheme: \S{1,100} was (?:forbidden|challenged)\.|CORS policy execution failed\..{0,100}|Request body too large\..{0,100}|The request has an incorrect Content-type\..{0,100})/u,
  },
  // 22-Nov-2026 21:09:31.078 INFO [http-nio-exec-2] org.apache.coyote.http11.Http11Processor.service Error parsing HTTP request header
  {
    kind: 'tomcat',
    pattern:
      /^(?<time>\d\d-\w{3}-\d{4} [\d:.]{8,15}) (?<level>[A-Z]{4,8}) \[[^\]]{1,200}\] (?<logger>[\w.$]{3,200}) (?<message>.{1,2000})/u,
  },
  {
    kind: 'tomcat',
    pattern: /^\s{0,4}java\.lang\.IllegalArgumentException: (?<message>Invalid character found in .{1,1000})/u,
  },
  // … [Tue May 23 13:39:55 2023] POST /accounts/login/ => generated 1019 bytes in 3 msecs (HTTP/1.1 403) 7 headers
  {
    kind: 'uwsgi',
    pattern:
      /^.{0,300}?\[(?<time>\w{3} \w{3} {1,2}\d{1,2} [\d:]{8} \d{4})\] (?<method>[A-Z]{1,20}) (?<path>\S{1,4000}) => generated \d{1,15} bytes in \d{1,9} msecs \(HTTP\/[\d.]{1,3} (?<status>\d{3})\)/u,
  },
  // ModSecurity: Warning. Matched "Operator …" [file "…"] [id "920450"] … [uri "/wp-admin/admin-ajax.php"] [unique_id "…"]
  {
    kind: 'waf-message',
    pattern:
      /^(?:\[client [^\]]{1,60}\] )?(?:ModSecurity|Coraza): (?<message>(?:Warning\.|Access denied).{1,8000}?)(?: \[uri "(?<path>[^"]{0,4000})"\].{0,2000})?$/u,
  },
  // The request id "/etc/passwd" is outside of Vite serving allow list.
  {
    kind: 'vite',
    pattern: /^(?<message>The request (?:id|url) "[^"]{0,2000}" is outside of Vite serving allow list\.)/u,
  },
];
