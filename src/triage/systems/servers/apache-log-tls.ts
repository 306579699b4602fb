import { logged, status } from '../../sign.js';
import type { RefusalPattern } from '../../system.js';

/** Of Apache httpd: lines of its log on TLS and client certificates. */
export const apacheLogTls: readonly RefusalPattern[] = [
  {
    id: 'ssl-required',
    by: 'log',
    all: [
      status(403),
      logged('apache-error', /^AH02219: access to .* failed, reason: SSL connection required/),
      logged('apache-error', 'ssl', 'module'),
    ],
    cause: 'tls-required',
    grade: 'proved',
    says: 'SSLRequireSSL holds there, and the request came over plain HTTP',
    seen: ['apache/sslrequiressl'],
  },
  {
    id: 'ssl-expression',
    by: 'log',
    all: [
      status(403),
      logged(
        'apache-error',
        /^AH02(?:220|229): access to .* failed, reason: .*SSL requirement expression not fulfilled/,
      ),
      logged('apache-error', 'ssl', 'module'),
    ],
    cause: 'tls-required',
    grade: 'proved',
    says: 'an SSLRequire expression is not met',
    or: ['server/client-certificate'],
  },
  {
    id: 'ssl-verify',
    by: 'log',
    all: [logged('apache-error', /^AH02039: Certificate Verification: Error/)],
    cause: 'client-certificate',
    grade: 'proved',
    says: 'the certificate of the client was refused, for the reason that the line gives',
    seen: ['tls-apache/vhost-mtls-rogue', 'tls-apache/vhost-mtls-expired'],
  },
  {
    id: 'ssl-missing',
    by: 'log',
    all: [logged('apache-error', /^AH0226[13]: Re-negotiation handshake failed/)],
    cause: 'client-certificate',
    grade: 'proved',
    says: 'the client was asked for a certificate and showed none',
    seen: ['tls-apache/loc-mtls-nocert-tls12'],
  },
  {
    id: 'ssl-pha',
    by: 'log',
    all: [logged('apache-error', /^AH10158: cannot perform post-handshake authentication/)],
    cause: 'client-certificate',
    grade: 'proved',
    says: 'the path asks for a client certificate, and this client cannot show one after the handshake (TLS 1.3)',
  },
  {
    id: 'ssl-no-peer',
    by: 'log',
    all: [logged('apache-error', /peer did not return a certificate/)],
    cause: 'client-certificate',
    grade: 'proved',
    says: 'the client showed no certificate',
  },
  {
    id: 'sni-differs',
    by: 'log',
    all: [status(400, 403, 421), logged('apache-error', /^AH0203[23]: /), logged('apache-error', 'ssl', 'module')],
    cause: 'host-not-allowed',
    grade: 'proved',
    says: 'the host of SNI and the host of the request do not go together',
  },
];
