import { type CodeRow, patternsOf } from '../../code-rows.js';
import { header, heading, logged, markup, no, status } from '../../sign.js';
import type { System } from '../../system.js';

const reasons: readonly CodeRow[] = [
  ['Forbidden', 'path-denied', 'HTTPERR names the reason Forbidden'],
  ['URL', 'malformed-request', 'HTTPERR names the reason URL'],
  ['Hostname', 'host-not-allowed', 'HTTPERR names the reason Hostname'],
  ['Verb', 'malformed-request', 'HTTPERR names the reason Verb'],
  ['RequestLength', 'malformed-request', 'HTTPERR names the reason RequestLength'],
  ['AppOffline', 'maintenance', 'HTTPERR names the reason AppOffline'],
  ['QueueFull', 'rate-limited', 'HTTPERR names the reason QueueFull'],
  ['Connection_Dropped', 'connection-dropped', 'HTTPERR names the reason Connection_Dropped'],
];

export const httpSysSystem: System = {
  id: 'http-sys',
  name: 'Windows HTTP.sys',
  layer: 'server',
  source: 'https://github.com/Ekultek/WhatWaf/issues/1262',
  rides: [header('server', /^Microsoft-HTTPAPI\//)],
  refusals: [
    {
      id: 'url',
      by: 'page',
      all: [status(403), heading('Forbidden URL'), markup(/HTTP Error \d{3}\./)],
      cause: 'path-denied',
      grade: 'proved',
      says: 'the URL is refused before IIS sees it',
      or: ['server/malformed-request'],
      seen: ['iis/httpsys-forbidden-url'],
    },
    {
      id: 'bad-url',
      by: 'page',
      all: [status(400), heading('Bad Request - Invalid URL'), markup(/HTTP Error \d{3}\./)],
      cause: 'malformed-request',
      grade: 'proved',
      says: 'the URL is not valid',
    },
    {
      id: 'host',
      by: 'page',
      all: [
        status(400),
        heading('Bad Request - Invalid Hostname'),
        markup(/HTTP Error \d{3}\./),
        no(header('server', /^Kestrel/)),
      ],
      cause: 'host-not-allowed',
      grade: 'proved',
      says: 'no binding has this host',
    },
    {
      id: 'header',
      by: 'page',
      all: [status(400), heading('Bad Request - Invalid Header'), markup(/HTTP Error \d{3}\./)],
      cause: 'malformed-request',
      grade: 'proved',
      says: 'a header is not valid',
    },
    {
      id: 'verb',
      by: 'page',
      all: [status(400), heading('Bad Request - Invalid Verb'), markup(/HTTP Error \d{3}\./)],
      cause: 'malformed-request',
      grade: 'proved',
      says: 'the method is not valid',
    },
    {
      id: 'long',
      by: 'page',
      all: [status(400), heading('Bad Request - Request Too Long'), markup(/HTTP Error \d{3}\./)],
      cause: 'malformed-request',
      grade: 'proved',
      says: 'the headers are over MaxRequestBytes or MaxFieldLength',
    },
    {
      id: 'not-found',
      by: 'page',
      all: [status(404), heading('Not Found'), markup(/HTTP Error \d{3}\./)],
      cause: 'not-found',
      grade: 'proved',
      says: 'no application has reserved this URL',
    },
    {
      id: 'length',
      by: 'page',
      all: [status(411), heading('Length Required'), markup(/HTTP Error \d{3}\./)],
      cause: 'malformed-request',
      grade: 'proved',
      says: 'Content-Length is missing',
    },
    {
      id: 'large',
      by: 'page',
      all: [status(413), heading('Request Entity Too Large'), markup(/HTTP Error \d{3}\./)],
      cause: 'body-too-large',
      grade: 'proved',
      says: 'the body is too large',
    },
    {
      id: 'unavailable',
      by: 'page',
      all: [status(503), heading('Service Unavailable'), markup(/HTTP Error \d{3}\./)],
      cause: 'upstream-down',
      grade: 'proved',
      says: 'the application pool is stopped',
    },
    ...patternsOf(reasons, (code) => ({
      id: `log-${code}`,
      by: 'log',
      all: [logged('http.sys', code, 'reason')],
      grade: 'proved',
      source: 'https://github.com/Ekultek/WhatWaf/issues/1262',
    })),
  ],
  fixes: {
    'malformed-request':
      'httperr.log (%windir%\\System32\\LogFiles\\HTTPERR) has s-reason: for lengths raise MaxFieldLength or MaxRequestBytes in HKLM\\SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters, restart HTTP; then send the same bytes again',
    'not-found':
      '`netsh http show servicestate` and `appcmd list sites` show the bindings: add the host header and port, and request it again',
    'body-too-large':
      'httperr.log has s-reason; raise uploadReadAheadSize of serverRuntime for TLS renegotiation, and send the same body again',
    'upstream-down':
      '`appcmd list apppools` shows who is stopped (s-reason AppOffline, N/A): start it (`appcmd start apppool`), look at the event log (WAS), and send the request again',
    maintenance:
      'app_offline.htm, or a pool that is disabled (s-reason Disabled): remove it or `appcmd start apppool NAME`, and send the request again',
    'rate-limited':
      's-reason QueueFull or ConnLimit: raise queueLength of the application pool (`appcmd set apppool NAME /queueLength:5000`) or maxConnections of the site; then send it by itself',
    'connection-dropped':
      's-reason Timer_… in httperr.log names the time-out: raise it in webLimits or limits of the site, or send faster',
    'path-denied':
      'look at HTTPERR (C:\\Windows\\System32\\LogFiles\\HTTPERR): IIS has not seen the request; send the URL without the characters that HTTP.sys refuses',
    'host-not-allowed': 'add a binding (or URL reservation) for this host name and port',
  },
};
