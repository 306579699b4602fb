import type { LineForm } from './line-form.js';

const request = '"(?<request>(?:[^"\\\\]|\\\\.){0,8000})"';
const quoted = (name: string) => `"(?<${name}>(?:[^"\\\\]|\\\\.){0,8000})"`;

/** A pattern of pieces, from the start of the line. */
function line(...pieces: readonly string[]): RegExp {
  return new RegExp(`^${pieces.join('')}`, 'u');
}

/** Lines of servers and proxies. */
export const serverForms: readonly LineForm[] = [
  // [Sun Nov 22 20:54:03.025106 2026] [authz_core:error] [pid 1:tid 2] (13)Permission denied: [client 127.0.0.1:48466] AH01630: …
  {
    kind: 'apache-error',
    pattern: line(
      '\\[(?<time>\\w{3} \\w{3} {1,2}\\d{1,2} [\\d:.]{8,15} \\d{4})\\] \\[(?<module>[\\w.]{0,40}):?(?<level>\\w{1,10})\\]',
      '(?: \\[pid [^\\]]{1,60}\\])?(?: [\\w./]{1,80}\\(\\d{1,6}\\):)?(?: \\((?<errno>\\d{1,5})\\)[^:\\[]{1,80}:)?',
      '(?: \\[client (?<client>[^\\]]{1,60})\\])?(?: \\((?<errno2>\\d{1,5})\\)[^:\\[]{1,80}:)? (?<message>.{1,8000})',
    ),
  },
  // 2013/11/07 22:52:12 [error] 27157#0: *1 NAXSI_FMT: ip=1.2.3.4&server=a&uri=/x&block=1&…, client: 1.2.3.4, …
  {
    kind: 'naxsi',
    pattern: line(
      '(?:(?<time>\\d{4}/\\d\\d/\\d\\d [\\d:]{8}) \\[\\w{1,10}\\] \\d{1,10}#\\d{1,10}: (?:\\*\\d{1,20} )?|\\d{4}-\\S{1,40} )?',
      'NAXSI_FMT: (?<message>ip=[^,]{1,6000})',
    ),
  },
  // 2026/11/22 20:58:59 [error] 6024#6024: *2 access forbidden by rule, client: 127.0.0.1, server: a, request: "POST / HTTP/1.1", host: "a"
  {
    kind: 'nginx-error',
    pattern: line(
      '(?<time>\\d{4}/\\d\\d/\\d\\d [\\d:]{8}) \\[(?<level>\\w{1,10})\\] \\d{1,10}#\\d{1,10}: (?:\\*\\d{1,20} )?',
      '(?<message>(?:(?!, client: ).){1,8000})',
      '(?:, client: (?<client>[^,]{1,60})(?:, server: (?<server>[^,]{0,200}))?',
      `(?:, request: ${request})?(?:, upstream: ${quoted('upstream')})?(?:, host: ${quoted('host')})?`,
      `(?:, referrer: ${quoted('referer')})?)?`,
    ),
  },
  // 2026-11-22 21:04:12: (response.c.377) request-size too long: 12452 -> 413
  {
    kind: 'lighttpd-error',
    pattern: line('(?<time>\\d{4}-\\d\\d-\\d\\d [\\d:]{8}): (?:\\([\\w./-]{1,60}\\d{1,6}\\) )(?<message>.{1,4000})'),
  },
  // 127.0.0.1:56170 [22/Nov/2026:21:02:03.003] fe fe/<NOSRV> 0/-1/-1/-1/0 403 192 - - PR-- 1/1/0/0/0 0/0 "POST /deny HTTP/1.1"
  {
    kind: 'haproxy',
    pattern: line(
      '(?:.{0,200}? haproxy\\[\\d{1,9}\\]: )?(?<client>[\\da-fA-F.:]{3,60}):\\d{1,5} \\[(?<time>[^\\]]{10,40})\\] (?<frontend>\\S{1,100}) ',
      '(?<backend>[^/\\s]{1,100})/(?<server>\\S{1,100}) [\\d/+-]{5,60} (?<status>-?\\d{1,3}) \\d{1,15} \\S{1,200} \\S{1,200} ',
      `(?<state>[A-Za-z-]{4}) [\\d/+]{5,60} \\d{1,9}/\\d{1,9} (?:\\{[^}]{0,2000}\\} ){0,2}${request}`,
    ),
  },
  // 127.0.0.1:47670 [22/Nov/2026:21:02:09.810] mtls/1: SSL handshake failure
  {
    kind: 'haproxy',
    pattern: line(
      '(?:.{0,200}? haproxy\\[\\d{1,9}\\]: )?(?<client>[\\da-fA-F.:]{3,60}):\\d{1,5} \\[(?<time>[^\\]]{10,40})\\] \\S{1,100}/\\d{1,3}: ',
      '(?<message>.{1,1000})',
    ),
  },
  // [2021-11-10T17:49:25.117Z] "GET / HTTP/1.1" 401 UAEX 0 46 2 - "-" "curl/7.78.0" "b883" "staging.example" "-"
  {
    kind: 'envoy',
    pattern: line(
      `\\[(?<time>\\d{4}-\\d\\d-\\d\\dT[\\d:.]{8,15}Z)\\] ${request} (?<status>\\d{1,3}) (?<flags>[A-Z,-]{1,60}) `,
      '(?:(?<details>[a-z_]{4,60}(?:\\[[^\\]]{0,300}\\])?|-) )?',
    ),
  },
  // 1795381454.397      1 127.0.0.1 TCP_DENIED/403 3481 POST http://staging.test/deny - HIER_NONE/- text/html
  {
    kind: 'squid',
    pattern: line(
      '(?<time>\\d{9,11}\\.\\d{3}) {1,10}-?\\d{1,10} (?<client>\\S{1,60}) (?<result>[A-Z_]{3,60})/(?<status>\\d{1,3}) \\d{1,15} ',
      '(?<method>[A-Z]{1,20}) (?<url>\\S{1,4000}) \\S{1,200} (?<hierarchy>\\S{1,200})',
    ),
  },
  // INFO      Nov 29 22:31:16.980 [16419]: Refused CONNECT method on port 8443
  {
    kind: 'tinyproxy',
    pattern: line(
      '(?<level>CRITICAL|ERROR|WARNING|NOTICE|CONNECT|INFO) {1,10}\\w{3} \\d\\d [\\d:.]{8,15} \\[\\d{1,9}\\]: (?<message>.{1,2000})',
    ),
  },
  // *   << Request  >> 2: -   VCL_return     synth
  { kind: 'varnish', pattern: line('-{1,3} {1,5}(?<tag>[A-Z][\\w]{2,30}) {1,30}(?<message>.{1,2000})') },
  // [22-Nov-2026 21:04:13] WARNING: [pool www] child 16633 said into stderr: "NOTICE: Access to the script …"
  {
    kind: 'php-fpm',
    pattern: line(
      '\\[(?<time>\\d\\d-\\w{3}-\\d{4} [\\d:.]{8,15})\\] (?<level>[A-Z]{4,10}): (?:\\[pool (?<pool>[^\\]]{1,60})\\] )?(?<message>.{1,4000})',
    ),
  },
  // [2026-11-30 10:00:01]: directory is writable by others: (/var/www/web1/cgi-bin)
  {
    kind: 'suexec',
    pattern: line('\\[(?<time>\\d{4}-\\d\\d-\\d\\d [\\d:]{8})\\]: (?<message>(?!uid: ).{1,2000})'),
  },
  // SoftException in Application.cpp:221: File "/home/shop/public_html/index.php" is writeable by group
  { kind: 'suexec', pattern: line('SoftException in \\w{1,40}\\.cpp:\\d{1,5}: (?<message>.{1,2000})') },
  // 2026-11-30T10:00:01Z DBG …/ip_allowlist.go:78 > Rejecting IP 203.0.113.9: … middlewareName=office@docker middlewareType=IPAllowLister
  {
    kind: 'traefik',
    pattern: line(
      '(?<time>\\d{4}-\\d\\d-\\d\\dT[\\d:]{8}\\S{1,6}) (?:TRC|DBG|INF|WRN|ERR) (?:\\S{1,300}\\.go:\\d{1,6} )?> ?',
      '(?<message>(?:(?! \\w{1,30}=).){1,2000})(?= .{0,2000}\\bmiddlewareType=(?<middleware>\\w{1,60}))',
    ),
  },
  // time="2026-11-30T10:00:01Z" level=debug msg="rejecting request from …" middlewareName=office@docker middlewareType=IPWhiteLister
  {
    kind: 'traefik',
    pattern: line(
      `time=${quoted('time')} level=\\w{3,8} msg=${quoted('message')}(?= .{0,2000}\\bmiddlewareType=(?<middleware>\\w{1,60}))`,
    ),
  },
  // - -  22/Nov/2026:21:04:13 +0000 "POST /fpm/x.jpg" 403
  {
    kind: 'php-fpm-access',
    pattern: line(
      `(?<client>\\S{1,60}) - {1,3}\\S{0,60} ?(?<time>\\d\\d/\\w{3}/\\d{4}:[\\d:]{8} [+-]\\d{4}) ${request} (?<status>\\d{3})`,
    ),
  },
  // staging.test:80 127.0.0.1 - - [22/Nov/2026:20:54:03 +0000] "GET /denied/ HTTP/1.1" 403 478 "-" "curl/7.88.1"
  {
    kind: 'access',
    pattern: line(
      '(?:\\S{1,200} ){2,4}\\[(?<time>\\d\\d/\\w{3}/\\d{4}[: ][\\d:]{8}(?: [+-]\\d{4})?)\\] ',
      `${request} (?<status>\\d{3}) (?<bytes>\\d{1,15}|-)(?: ${quoted('referer')} ${quoted('agent')})?`,
    ),
  },
];
