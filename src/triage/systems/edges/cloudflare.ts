import { type CodeRow, patternsOf } from '../../code-rows.js';
import { body, header, heading, json, markup, no, status, title } from '../../sign.js';
import type { System } from '../../system.js';
import { cloudflareLog } from './cloudflare-log.js';

const codes: readonly CodeRow[] = [
  ['1003', 'host-not-allowed', 'error 1003: the address was asked for and not a name'],
  ['1005', 'ip-denied', 'error 1005: the network (ASN) of the client is banned'],
  ['1006', 'ip-denied', 'error 1006: the address of the client is banned'],
  ['1007', 'ip-denied', 'error 1007: the address of the client is banned'],
  ['1008', 'ip-denied', 'error 1008: the address of the client is banned'],
  ['1106', 'ip-denied', 'error 1106: the address of the client is banned'],
  ['1009', 'geo-denied', 'error 1009: the country of the client is banned'],
  ['1010', 'user-agent-denied', 'error 1010: the signature of the client is banned (Browser Integrity Check)'],
  ['1011', 'referer-denied', 'error 1011: hotlinking is denied'],
  ['1012', 'ip-denied', 'error 1012: the client is taken for malicious'],
  ['1013', 'host-not-allowed', 'error 1013: SNI and Host do not go together'],
  ['1014', 'host-not-allowed', 'error 1014: a CNAME leads to a zone of another account'],
  ['1015', 'rate-limited', 'error 1015: a rate limit of the site is reached'],
  ['1020', 'waf-rule', 'error 1020: a firewall rule of the site matched'],
  ['1016', 'upstream-down', 'error 1016: the name of the origin cannot be resolved'],
  ['1033', 'upstream-down', 'error 1033: the tunnel to the origin is down'],
  ['1101', 'internal-error', 'error 1101: a Worker of the site failed'],
  ['1102', 'internal-error', 'error 1102: a Worker of the site used too much'],
  ['1034', 'ip-denied', 'error 1034: the address is restricted at the edge'],
  [
    '1000',
    'host-not-allowed',
    'error 1000: the name leads to a forbidden address, or the request has X-Forwarded-For twice or CF-Connecting-IP',
  ],
];

export const cloudflareSystem: System = {
  id: 'cloudflare',
  name: 'Cloudflare',
  layer: 'edge',
  source: 'https://developers.cloudflare.com/support/troubleshooting/http-status-codes/4xx-client-error/error-403/',
  rides: [header('cf-ray'), header('server', /^cloudflare/i), markup('/cdn-cgi/challenge-platform/')],
  refusals: [
    ...cloudflareLog,
    {
      id: 'challenge',
      by: 'header',
      all: [header('cf-mitigated', 'challenge')],
      cause: 'challenge',
      grade: 'proved',
      says: 'Cloudflare sets cf-mitigated on its challenge pages and nowhere else',
      source:
        'https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/',
      seen: ['cloudflare/challenge-h1'],
    },
    {
      id: 'block',
      by: 'page',
      all: [status(403), title('Attention Required! | Cloudflare'), heading('Sorry, you have been blocked')],
      cause: 'waf-rule',
      grade: 'likely',
      says: "Cloudflare's block page: a rule of its firewall, managed or custom, matched this request",
      or: ['edge/ip-denied', 'edge/user-agent-denied', 'edge/geo-denied'],
    },
    {
      id: 'block-headline',
      by: 'page',
      all: [status(403), heading('Sorry, you have been blocked'), markup('Cloudflare Ray ID')],
      cause: 'waf-rule',
      grade: 'likely',
      says: "Cloudflare's block page: a rule of its firewall, managed or custom, matched this request",
      or: ['edge/ip-denied', 'edge/user-agent-denied', 'edge/geo-denied'],
    },
    {
      id: 'block-json',
      by: 'code',
      all: [status(403), header('server', /^cloudflare/i), json('error_code', '1020')],
      cause: 'waf-rule',
      grade: 'likely',
      says: 'error 1020: a firewall rule of the site',
    },
    {
      id: 'challenge-title',
      by: 'page',
      all: [
        status(403, 503, 429),
        title(/^(?:Just a moment\.\.\.|Please Wait\.\.\. \| Cloudflare|DDOS-GUARD)$/),
        markup(/_cf_chl_opt|cf-challenge|cf_chl_|jschl/),
      ],
      cause: 'challenge',
      grade: 'proved',
      says: "Cloudflare's challenge page: the client is to prove that it is a browser",
    },
    {
      id: 'challenge-moment',
      by: 'page',
      all: [status(403, 503), header('server', /^cloudflare/i), title('Just a moment...')],
      cause: 'challenge',
      grade: 'proved',
      says: "Cloudflare's challenge page: the client is to prove that it is a browser",
    },
    {
      id: 'captcha',
      by: 'page',
      all: [
        status(403),
        title('Attention Required! | Cloudflare'),
        heading(/^(?:One more step|Please complete the security check)/),
      ],
      cause: 'challenge',
      grade: 'proved',
      says: "Cloudflare's old captcha page",
    },
    {
      id: 'title',
      by: 'stock',
      all: [status(403), title('Attention Required! | Cloudflare')],
      cause: 'unknown',
      grade: 'proved',
      says: 'the title that the block page and the captcha page share',
      or: ['edge/waf-rule', 'edge/challenge', 'edge/ip-denied', 'edge/user-agent-denied'],
      next: 'the headline of the page (Sorry, you have been blocked, or One more step), or the Ray ID in Security > Events',
      seen: ['cloudflare/block-title'],
    },
    {
      id: 'title-1xxx',
      by: 'stock',
      all: [title(/\| .{1,260} used Cloudflare to restrict access$/)],
      cause: 'unknown',
      grade: 'proved',
      says: 'the title of the errors 1xxx; the number that tells the cause stands in the page',
      or: ['edge/ip-denied', 'edge/waf-rule', 'edge/geo-denied', 'edge/user-agent-denied', 'edge/rate-limited'],
      next: 'the error number in the page (1006, 1009, 1010, 1020, …), or the Ray ID in Security > Events',
      seen: ['cloudflare/1xxx-title'],
    },
    ...patternsOf(codes, (code) => ({
      id: `code-${code}`,
      by: 'code',
      all: [
        status(400, 403, 409, 429, 500, 503, 530),
        header('server', /^cloudflare/i),
        body(`error code: ${code}`),
        no(header('cf-cache-status')),
        no(header('x-powered-by')),
      ],
      grade: 'proved',
      source: 'https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-1xxx-errors/',
    })),
    ...patternsOf(codes, (code) => ({
      id: `page-${code}`,
      by: 'page',
      all: [
        status(400, 403, 409, 429, 500, 503, 530),
        title(/used Cloudflare to restrict access$|Cloudflare/),
        markup(
          new RegExp(
            `errorCode:${code}\\b|<span[^>]{0,80}>\\s?${code}</span>|[Ee]rror(?: code)?:? ${code}\\b|cf-error-code">${code}<`,
          ),
        ),
      ],
      grade: 'proved',
      source: 'https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-1xxx-errors/',
    })),
    ...patternsOf(codes, (code) => ({
      id: `json-${code}`,
      by: 'code',
      all: [header('content-type', /json/), json('cloudflare_error', 'true'), json('error_code', code)],
      grade: 'proved',
      source: 'https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-1xxx-errors/',
    })),
    {
      id: 'sni-mismatch',
      by: 'page',
      all: [
        status(403),
        header('server', /^cloudflare/i),
        title('403 Forbidden'),
        markup('<center>cloudflare</center>'),
      ],
      cause: 'host-not-allowed',
      grade: 'likely',
      says: "Cloudflare's page without its dress: SNI and Host do not go together; no event is logged",
      or: ['edge/waf-rule'],
    },
    {
      id: 'plain-400',
      by: 'page',
      all: [
        status(400),
        header('server', /^cloudflare/i),
        title('400 Bad Request'),
        markup('<center>cloudflare</center>'),
      ],
      cause: 'malformed-request',
      grade: 'likely',
      says: 'Cloudflare could not understand the request',
    },
    {
      id: 'body-413',
      by: 'page',
      all: [
        status(413),
        header('server', /^cloudflare/i),
        title('413 Payload Too Large'),
        markup('<center>cloudflare</center>'),
      ],
      cause: 'body-too-large',
      grade: 'proved',
      says: 'the body is over the upload limit of the plan',
    },
    {
      id: 'origin-52x',
      by: 'status',
      all: [status(520, 521, 522, 523, 524, 525, 526, 530), header('cf-ray')],
      cause: 'upstream-down',
      grade: 'proved',
      says: 'Cloudflare got no valid answer from the origin',
    },
    {
      id: 'relayed',
      by: 'status',
      all: [
        status(400, 401, 403, 404, 405, 406, 422, 429),
        header('cf-cache-status', /^(?:DYNAMIC|MISS|BYPASS|EXPIRED)$/i),
        heading(/./),
        no(title(/Cloudflare/)),
      ],
      cause: 'unknown',
      layer: 'application',
      grade: 'likely',
      says: "cf-cache-status and a page without Cloudflare's dress: the answer came from behind Cloudflare, which only carried it",
      or: ['application/not-authorized', 'server/path-denied', 'waf/waf-rule'],
    },
    {
      id: 'rate-page',
      by: 'page',
      all: [status(429), header('server', /^cloudflare/i), title(/Cloudflare|Access denied/)],
      cause: 'rate-limited',
      grade: 'likely',
      says: 'a rate limit of the site is reached',
    },
  ],
  fixes: {
    'internal-error':
      '`wrangler tail` shows the exception of the Worker on this route, or its limit of CPU time: mend it, deploy, and send the request again',
    'malformed-request':
      'send it with `curl -v --http1.1` and compare: headers over 128 KB, a Host that is none, or a body with a wrong Content-Length are refused before any rule; then send the corrected bytes again',
    'body-too-large':
      'the plan limits the upload (100 MB on Free and Pro, 200 MB on Business): send the body in parts, or to a host name that is not proxied (DNS only); then send it again',
    'waf-rule':
      'look the Ray ID up in Security > Events: it names the rule. Add a skip rule or an exception for that rule at this host and path (for managed rules, a WAF exception with the rule id), and send the request again',
    challenge:
      'add a skip rule (bot fight mode, managed challenge) for the address or a secret header of the test machine on the staging host; then the same request has to come back without cf-mitigated',
    'ip-denied':
      'remove or narrow the IP access rule or zone lockdown that names this address or network (Security > WAF > Tools); send the request again',
    'geo-denied':
      'except the address of the test machine from the country rule of the staging host, or send from an allowed country',
    'user-agent-denied':
      'switch Browser Integrity Check off for that path with a configuration rule, or send the User-Agent of a real client',
    'referer-denied':
      'switch Hotlink Protection off for that path with a configuration rule, or send a Referer of the site',
    'rate-limited':
      'raise the threshold of the rate limiting rule for the address of the test machine, or slow the run down (--rate)',
    'host-not-allowed': 'use the host name that Cloudflare proxies, in SNI and Host alike, and not an address',
    'upstream-down':
      'the origin behind Cloudflare does not answer: send the request to it directly (`curl --resolve host:443:ORIGIN`)',
  },
  references: [
    { header: 'cf-ray', as: 'Ray ID' },
    { page: /Cloudflare Ray ID: (?:<[^>]{1,80}>)?([0-9a-f]{16})/, as: 'Ray ID' },
  ],
};
