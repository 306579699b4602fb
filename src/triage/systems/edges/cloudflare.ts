import { patternsOf } from '../../code-rows.js';
import { body, header, heading, json, markup, no, status, title } from '../../sign.js';
import type { System } from '../../system.js';
import { cloudflareAccess } from './cloudflare-access.js';
import { cloudflareCodes } from './cloudflare-codes.js';
import { cloudflareLog } from './cloudflare-log.js';
import { cloudflarePlain } from './cloudflare-plain.js';

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
    ...patternsOf(cloudflareCodes, (code) => ({
      id: `code-${code}`,
      by: 'code',
      all: [
        status(400, 403, 404, 405, 409, 429, 500, 502, 503, 522, 530),
        header('server', /^cloudflare/i),
        body(`error code: ${code}`),
        no(header('cf-cache-status')),
        no(header('x-powered-by')),
      ],
      grade: 'proved',
      source: 'https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-1xxx-errors/',
    })),
    ...patternsOf(cloudflareCodes, (code) => ({
      id: `page-${code}`,
      by: 'page',
      all: [
        status(400, 403, 404, 405, 409, 429, 500, 502, 503, 522, 530),
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
    ...patternsOf(cloudflareCodes, (code) => ({
      id: `json-${code}`,
      by: 'code',
      all: [header('content-type', /json/), json('cloudflare_error', 'true'), json('error_code', code)],
      grade: 'proved',
      source: 'https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-1xxx-errors/',
    })),
    ...cloudflarePlain,
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
    ...cloudflareAccess,
    {
      id: 'turnstile',
      by: 'page',
      all: [
        status(403),
        header('server', /^cloudflare/i),
        markup('challenges.cloudflare.com/turnstile'),
        title(/Just a moment|Verif/),
      ],
      cause: 'challenge',
      grade: 'likely',
      says: 'a page of Cloudflare that asks for a proof',
    },
  ],
  fixes: {
    'not-authorized':
      'Zero Trust > Access > Applications: the policy of this host has to allow the user, or send a service token (CF-Access-Client-Id and CF-Access-Client-Secret) that a Service Auth policy names; then send the request again',
    'authentication-required':
      'send a service token (CF-Access-Client-Id and CF-Access-Client-Secret) that a Service Auth policy of the application allows; Zero Trust > Logs > Access shows the attempt',
    'tls-required': 'send it to https:// at this port, or to the http port of the host',
    'client-certificate':
      'send the client certificate that the mTLS rule of the host wants (`curl --cert`): SSL/TLS > Client Certificates shows which hosts ask for one',
    'method-not-supported':
      'send the method that the resource takes; static assets and some endpoints of /cdn-cgi/ take GET only',
    'method-denied':
      'the zone does not allow this method: send it to a host name that is not proxied, or ask the owner of the zone',
    'not-found': 'look the name up at its DNS (`dig NAME`), and add the record in the zone',
    quota:
      'the plan of the site (Workers, or the zone) is used up: wait for its reset, or raise the plan; then send the request again',
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
