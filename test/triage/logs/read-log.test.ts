import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogKind } from '../../../src/triage/log-line.js';
import { lineTime } from '../../../src/triage/logs/line-time.js';
import { LogLineReader } from '../../../src/triage/logs/read-log.js';

const read = (line: string) => new LogLineReader().read(line);

/** A line of each kind, and what has to be read in it. */
const samples: Readonly<Record<LogKind, readonly [string, Readonly<Record<string, string>>]>> = {
  access: [
    'a.example:80 203.0.113.7 - bob [22/Nov/2026:20:54:03 +0000] "POST /x HTTP/1.1" 403 478 "-" "curl/7"',
    { method: 'POST', path: '/x', status: '403', agent: 'curl/7' },
  ],
  'apache-error': [
    '[Sun Nov 22 20:54:03.025106 2026] [core:error] [pid 1:tid 2] (13)Permission denied: [client 127.0.0.1:48466] AH00132: file permissions deny server access: /srv/x',
    {
      module: 'core',
      errno: '13',
      client: '127.0.0.1:48466',
      message: 'AH00132: file permissions deny server access: /srv/x',
    },
  ],
  'nginx-error': [
    '2026/11/22 20:58:59 [error] 6024#6024: *2 access forbidden by rule, client: 127.0.0.1, server: a, request: "POST /x HTTP/1.1", upstream: "http://b/x", host: "a", referrer: "http://c/"',
    { message: 'access forbidden by rule', method: 'POST', path: '/x', host: 'a', referer: 'http://c/' },
  ],
  play: [
    '2024-05-01 10:00:00 WARN  play.filters.CSRF  [CSRF] Check failed because no token found in headers',
    { message: '[CSRF] Check failed because no token found in headers' },
  ],
  phoenix: [
    '10:00:00.123 request_id=F1 [error] ** (Plug.CSRFProtection.InvalidCSRFTokenError) invalid CSRF token',
    { message: '** (Plug.CSRFProtection.InvalidCSRFTokenError) invalid CSRF token' },
  ],
  'lighttpd-error': [
    '2026-11-22 21:04:12: (response.c.377) request-size too long: 12452 -> 413',
    { message: 'request-size too long: 12452 -> 413' },
  ],
  haproxy: [
    'Nov 22 21:02:03 host haproxy[12]: 127.0.0.1:56170 [22/Nov/2026:21:02:03.003] fe fe/<NOSRV> 0/-1/-1/-1/0 403 192 - - PR-- 1/1/0/0/0 0/0 {a|b} "POST /deny HTTP/1.1"',
    { state: 'PR--', status: '403', path: '/deny', server: '<NOSRV>' },
  ],
  caddy: [
    '{"level":"error","ts":1795381335.22,"logger":"http.log.error.log0","msg":"dial tcp 127.0.0.1:1: connect: connection refused","request":{"remote_ip":"127.0.0.1","method":"POST","uri":"/dead"},"status":502}',
    { message: 'dial tcp 127.0.0.1:1: connect: connection refused', path: '/dead', status: '502' },
  ],
  traefik: [
    '{"ClientHost":"203.0.113.7","DownstreamStatus":403,"OriginStatus":0,"RequestMethod":"GET","RequestPath":"/x","RouterName":"r@file"}',
    { status: '403', upstream: '0', path: '/x' },
  ],
  envoy: [
    '[2021-11-10T17:49:25.117Z] "GET /x HTTP/1.1" 401 UAEX ext_authz_denied - 0 46 2 - "-" "curl/7.78.0"',
    { flags: 'UAEX', details: 'ext_authz_denied', status: '401' },
  ],
  squid: [
    '1795381454.397      1 127.0.0.1 TCP_DENIED/403 3481 POST http://a.example/deny - HIER_NONE/- text/html',
    { result: 'TCP_DENIED', status: '403', method: 'POST' },
  ],
  tinyproxy: [
    'INFO      Nov 29 22:31:16.980 [16419]: Refused CONNECT method on port 8443',
    { message: 'Refused CONNECT method on port 8443' },
  ],
  varnish: ['-   VCL_return     synth', { tag: 'VCL_return', message: 'synth' }],
  iis: [
    '2026-11-22 20:54:03 10.0.0.5 POST /api/x - 443 - 203.0.113.7 curl/7.88.1 - 403 502 0 15',
    { method: 'POST', path: '/api/x', status: '403', substatus: '502', client: '203.0.113.7' },
  ],
  'http.sys': [
    '2026-11-22 20:54:03 203.0.113.7 1 10.0.0.5 80 HTTP/1.1 GET /x - 403 - Forbidden -',
    { reason: 'Forbidden', status: '403' },
  ],
  'php-fpm': [
    '[22-Nov-2026 21:04:13] WARNING: [pool www] child 16633 said into stderr: "ERROR: Unable to open primary script: /x.php (Permission denied)"',
    { pool: 'www', level: 'WARNING' },
  ],
  suexec: [
    '[2026-11-30 10:00:01]: directory is writable by others: (/var/www/web1/cgi-bin)',
    { message: 'directory is writable by others: (/var/www/web1/cgi-bin)', time: '2026-11-30 10:00:01' },
  ],
  'php-fpm-access': ['- -  22/Nov/2026:21:04:13 +0000 "POST /fpm/x.jpg" 403', { status: '403', path: '/fpm/x.jpg' }],
  tomcat: [
    '22-Nov-2026 21:09:31.078 INFO [http-nio-exec-2] org.apache.coyote.http11.Http11Processor.service Error parsing HTTP request header',
    { message: 'Error parsing HTTP request header' },
  ],
  django: [
    'WARNING django.security.csrf Forbidden (Origin checking failed - null does not match any trusted origins.): /accounts/login/',
    { path: '/accounts/login/', reason: 'Origin checking failed - null does not match any trusted origins.' },
  ],
  rails: [
    "W, [2016-04-29T15:24:44.339611 #1973]  WARN -- : Can't verify CSRF token authenticity",
    { message: "Can't verify CSRF token authenticity" },
  ],
  node: ['ForbiddenError: invalid csrf token', { name: 'ForbiddenError', message: 'invalid csrf token' }],
  spring: [
    '2019-07-31 11:35:45 DEBUG 1 --- [exec-1] o.s.security.web.csrf.CsrfFilter : Invalid CSRF token found for http://a/x',
    { message: 'Invalid CSRF token found for http://a/x' },
  ],
  aspnetcore: [
    '      Antiforgery token validation failed. The required antiforgery cookie "x" is not present.',
    { message: 'Antiforgery token validation failed. The required antiforgery cookie "x" is not present.' },
  ],
  uwsgi: [
    '[pid: 1] 203.0.113.7 () {72 vars in 1485 bytes} [Tue May 23 13:39:55 2023] POST /accounts/login/ => generated 1019 bytes in 3 msecs (HTTP/1.1 403) 7 headers in 229 bytes',
    { method: 'POST', path: '/accounts/login/', status: '403' },
  ],
  vite: ['The request id "/etc/passwd" is outside of Vite serving allow list.', {}],
  selinux: [
    'type=AVC msg=audit(1513869456.604:322): avc:  denied  { getattr } for  pid=3683 comm="httpd" path="/web/index.html" dev="dm-0" ino=1 tclass=file permissive=0',
    { result: 'denied', command: 'httpd', permissive: '0' },
  ],
  apparmor: [
    '[ 132.575959] audit: type=1400 audit(1455571792.565:32): apparmor="DENIED" operation="open" profile="/usr/sbin/nginx" name="/srv/x" pid=3176',
    { result: 'DENIED', profile: '/usr/sbin/nginx', name: '"/srv/x"' },
  ],
  'packet-filter': [
    'Nov 22 21:02:03 host kernel: [UFW BLOCK] IN=eth0 OUT= MAC=aa SRC=203.0.113.7 DST=10.0.0.5 PROTO=TCP DPT=443',
    { client: '203.0.113.7' },
  ],
  fail2ban: [
    '2026-11-22 21:00:00,123 fail2ban.actions        [123]: NOTICE  [nginx-http-auth] Ban 203.0.113.7',
    { jail: 'nginx-http-auth', message: 'Ban 203.0.113.7' },
  ],
  crowdsec: [
    'time="2026-11-22T21:00:00Z" level=info msg="(localhost/crowdsec) crowdsecurity/http-probing by ip 203.0.113.7 (FR/64500) : 4h ban on Ip 203.0.113.7"',
    { client: '203.0.113.7' },
  ],
  'aws-alb': [
    'https 2018-07-02T22:23:00.186641Z app/my-lb/50dc 192.168.131.39:2817 - -1 -1 -1 403 - 34 366 "POST https://a.example:443/x HTTP/1.1" "curl/7" ECDHE TLSv1.2 - "Root=1" "a.example" "arn:cert" 0 2018-07-02T22:22:48.364000Z "waf" "-" "-"',
    { status: '403', actions: 'waf', method: 'POST' },
  ],
  'aws-s3': [
    '79a5 bucket [06/Feb/2019:00:00:38 +0000] 192.0.2.3 - 3E57 REST.GET.OBJECT key "GET /bucket/key HTTP/1.1" 403 AccessDenied 243 - 28 - "-" "curl" -',
    { code: 'AccessDenied', status: '403' },
  ],
  'aws-waf-sample': [
    '07:19:20 | BLOCK | POST /v1/chat | CL=156976 | opencode/1.14.22 | GenericLFI_BODY',
    { action: 'BLOCK', rule: 'GenericLFI_BODY', path: '/v1/chat' },
  ],
  cloudfront: [
    '2019-12-04\t21:02:31\tLAX1\t392\t192.0.2.100\tPOST\td1.cloudfront.net\t/x\t403\tError\tInvalidRequestMethod',
    { details: 'InvalidRequestMethod', method: 'POST', status: '403' },
  ],
  cloudflare: [
    '{"Action":"block","RayID":"72c77ad49d4e0000","Source":"firewallCustom","ClientRequestMethod":"POST","ClientRequestPath":"/x","EdgeResponseStatus":403,"RuleID":"r"}',
    { action: 'block', source: 'firewallCustom', path: '/x', id: '72c77ad49d4e0000' },
  ],
  'cloud-armor': [
    '{"jsonPayload":{"statusDetails":"body_denied_by_security_policy","enforcedSecurityPolicy":{"outcome":"DENY","name":"p"}},"httpRequest":{"requestMethod":"POST","requestUrl":"https://a.example/x","status":403}}',
    { message: 'body_denied_by_security_policy', outcome: 'DENY', status: '403' },
  ],
  'azure-waf': [
    '{"time":"2026-11-22T20:54:03Z","category":"FrontDoorWebApplicationFirewallLog","properties":{"ruleName":"Microsoft_DefaultRuleSet-2.1-SQLI-942100","action":"Block","requestUri":"https://a.example/x","trackingReference":"t"}}',
    { action: 'Block', id: 't' },
  ],
  heroku: [
    '2026-11-22T20:54:03.000000+00:00 heroku[router]: at=error code=H12 desc="Request timeout" method=GET path="/slow" host=a request_id=r fwd="1.2.3.4" dyno=web.1 connect=0ms service=30000ms status=503 bytes=0',
    { code: 'H12', path: '/slow', status: '503' },
  ],
  naxsi: ['2026/11/22 20:58:59 [error] 1#1: *2 NAXSI_FMT: ip=1.2.3.4&server=a&uri=/x&block=1&cscore0=$SQL', {}],
  'waf-message': [
    'ModSecurity: Warning. Matched "Operator `Within\'" [id "920450"] [uri "/x"] [unique_id "1"]',
    { path: '/x' },
  ],
};

const heads: Partial<Readonly<Record<LogKind, string>>> = {
  'http.sys':
    '#Fields: date time c-ip c-port s-ip s-port cs-version cs-method cs-uri streamid sc-status s-siteid s-reason s-queuename',
  cloudfront:
    '#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status x-edge-result-type x-edge-detailed-result-type',
};

describe('a line is recognised by its form', () => {
  test.each(Object.entries(samples))('%s', (kind, [line, fields]) => {
    const reader = new LogLineReader();
    const head = heads[kind as LogKind];
    if (head !== undefined) expect(reader.read(head)).toBeUndefined();
    const found = reader.read(line);
    expect(found).toMatchObject({
      kind: kind === 'naxsi' ? expect.stringMatching(/naxsi|nginx/) : kind,
      text: line,
      fields,
    });
  });

  test('of at least 25 kinds', () => {
    expect(Object.keys(samples).length).toBeGreaterThanOrEqual(25);
  });
});

describe('what a client sends is no message', () => {
  test.each([
    '203.0.113.7 - - [22/Nov/2026:20:54:03 +0000] "GET /x HTTP/1.1" 403 1 "-" "x\\" ModSecurity: Access denied with code 403"',
    '203.0.113.7 - - [22/Nov/2026:20:54:03 +0000] "GET /ForbiddenError: invalid csrf token HTTP/1.1" 403 1 "-" "Forbidden (CSRF cookie not set.): /x"',
  ])('%s', (line) => {
    expect(read(line)).toMatchObject({
      kind: 'access',
      fields: expect.not.objectContaining({ message: expect.anything() }),
    });
  });

  test('nor a field of nginx that holds a separator', () => {
    const line =
      '2026/11/22 20:58:59 [error] 1#1: *2 access forbidden by rule, client: 1.2.3.4, server: a, request: "GET /, client: 9.9.9.9, x HTTP/1.1", host: "a"';
    expect(read(line)).toMatchObject({ fields: { message: 'access forbidden by rule', client: '1.2.3.4' } });
  });
});

test('times are read in every way that logs write them', () => {
  const at = (time: string) => lineTime({ kind: 'access', text: '', fields: { time } });
  const ms = Date.UTC(2026, 10, 22, 20, 54, 3);
  expect(at('22/Nov/2026:21:54:03 +0100')).toEqual({ ms, zoned: true });
  expect(at('Sun Nov 22 20:54:03.025106 2026')).toEqual({ ms, zoned: false });
  expect(at('2026/11/22 20:54:03')).toEqual({ ms, zoned: false });
  expect(at('2026-11-22T20:54:03.1Z')).toEqual({ ms, zoned: true });
  expect(at(`${ms / 1000}.25`)).toEqual({ ms: ms + 250, zoned: true });
  expect(at('yesterday')).toBeUndefined();
});

test('lines of any bytes are read or passed over, and long ones quickly', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (line) => read(line) === undefined || true));
  for (const piece of ['[client ', '"', '\\"', 'a: ', '{', ' | ', 'avc:  denied  { ', 'key="', ', client: ', '\t']) {
    read(piece.repeat(400_000 / piece.length));
    read(`2026/11/22 20:58:59 [error] 1#1: *2 ${piece.repeat(3000)}`);
  }
});
