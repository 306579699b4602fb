import type { TriagedRequest } from '../material.js';
import { hintsAt, triagedPath } from '../rank-alternatives.js';
import { type Conclusion, tellsOfPath, tellsOfWaf } from './conclusion.js';
import type { ProbeId } from './probes.js';

const byAddress = ['address-aside', 'address-get'] as const satisfies readonly ProbeId[];
const byTime = ['later-aside', 'later-get'] as const satisfies readonly ProbeId[];
const byToken = ['token', 'token-aside'] as const satisfies readonly ProbeId[];
const byCredentials = [
  'credentials',
  'credentials-get',
  'credentials-aside',
  'credentials-body-aside',
] as const satisfies readonly ProbeId[];

/** A file by its name, and none that is run. */
const isFile = (sent: TriagedRequest) => /\.(?!php|aspx?|jsp|do$)[a-z][a-z\d]{1,4}$/i.test(triagedPath(sent));
const isHiddenPath = hintsAt('path-denied');
const isSigned = hintsAt('signed-url');
const endsAtFolder = (sent: TriagedRequest) => triagedPath(sent).endsWith('/') && triagedPath(sent) !== '/';
/** A server that knows its sites by name gives an address none of them. */
const isByAddress = ({ url = '' }: TriagedRequest) => /^https?:\/\/(?:\[|\d{1,3}(?:\.\d{1,3}){3}(?:[:/]|$))/i.test(url);
/** A body of this size and more may be refused for that, in bytes. */
const isLarge = ({ bodyBytes = 0 }: TriagedRequest) => bodyBytes >= 4096;

/** What may be the reason where one path, or one folder, is refused for whatever method and headers. */
const ofPaths = [
  { layer: 'server', cause: 'missing-index', onlyIf: endsAtFolder },
  { layer: 'unknown', cause: 'signed-url', onlyIf: isSigned },
  { layer: 'server', cause: 'path-denied', onlyIf: isHiddenPath },
  { layer: 'waf', cause: 'waf-rule', onlyIf: isHiddenPath },
  { layer: 'os', cause: 'file-permission', onlyIf: isFile },
  { layer: 'server', cause: 'path-denied' },
  { layer: 'unknown', cause: 'ip-denied', unlessRefused: byAddress },
  { layer: 'application', cause: 'not-authorized', unlessRefused: byCredentials },
  { layer: 'unknown', cause: 'rate-limited', unlessRefused: [...byTime, ...byAddress] },
  { layer: 'os', cause: 'file-permission' },
  { layer: 'waf', cause: 'waf-outbound', unlessRefused: ['head'] },
] as const satisfies Conclusion['or'];

/** What probing comes to where no request can tell the causes apart that are left. */
export const openConclusions = {
  'open-everywhere': {
    cause: 'unknown',
    layer: 'unknown',
    confidence: 'none',
    says: 'Whatever is sent to whatever path is refused: it is about who asks or when, or the site is closed',
    or: [
      { layer: 'unknown', cause: 'ip-denied', unlessRefused: byAddress },
      { layer: 'gateway', cause: 'authentication-required', unlessRefused: byCredentials },
      { layer: 'unknown', cause: 'host-not-allowed', onlyIf: isByAddress, unlessRefused: ['own-host-aside'] },
      { layer: 'unknown', cause: 'rate-limited', unlessRefused: [...byTime, ...byAddress] },
      { layer: 'edge', cause: 'geo-denied', unlessRefused: byAddress },
      { layer: 'application', cause: 'maintenance' },
    ],
    next: 'ask again with --with-header and credentials that work, with --from and another address of this machine, or with --wait 60: nothing else that this machine can send tells these apart',
  },
  'open-headers': {
    cause: 'unknown',
    layer: 'unknown',
    confidence: 'none',
    says: 'One of the header fields or the query is refused, and no single one of those that were changed alone',
    or: [
      { layer: 'waf', cause: 'waf-rule' },
      { layer: 'unknown', cause: 'user-agent-denied', unlessRefused: ['agent-aside', 'agent-get', 'agent'] },
      { layer: 'unknown', cause: 'referer-denied', unlessRefused: ['referer-aside', 'referer-get', 'referer'] },
    ],
    fix: 'leave header fields out one by one to see which it is',
    next: tellsOfWaf,
  },
  'open-method': {
    cause: 'unknown',
    layer: 'unknown',
    confidence: 'none',
    says: 'Requests with this method are refused at every path, whatever they hold',
    or: [
      { layer: 'server', cause: 'method-denied' },
      { layer: 'waf', cause: 'method-denied' },
      { layer: 'application', cause: 'csrf', unlessRefused: byToken },
      { layer: 'gateway', cause: 'authentication-required', unlessRefused: byCredentials },
      { layer: 'application', cause: 'not-authorized', unlessRefused: byCredentials },
      { layer: 'unknown', cause: 'content-type-denied', unlessRefused: ['type-aside'] },
      { layer: 'unknown', cause: 'body-too-large', onlyIf: isLarge, unlessRefused: ['short-aside'] },
    ],
    fix: 'look for a rule about the method: limit_except, LimitExcept, the allowed methods of the WAF or the CDN',
    next: tellsOfPath,
  },
  'open-writing': {
    cause: 'unknown',
    layer: 'unknown',
    confidence: 'none',
    says: 'At this path a GET passes and a request with this method does not, whatever it holds',
    or: [
      { layer: 'application', cause: 'csrf', unlessRefused: byToken },
      { layer: 'application', cause: 'not-authorized', unlessRefused: byCredentials },
      { layer: 'server', cause: 'method-denied' },
      { layer: 'unknown', cause: 'body-too-large', onlyIf: isLarge, unlessRefused: ['short'] },
      { layer: 'waf', cause: 'waf-outbound' },
    ],
    next: 'ask again with --with-header and the credentials of somebody who may do this, or look at the log of the application: where it has no entry, the server refused',
  },
  'open-here': {
    cause: 'unknown',
    layer: 'unknown',
    confidence: 'none',
    says: 'This path is refused, whatever the method and the headers are',
    or: ofPaths,
    next: `${tellsOfPath}; or ask again with --from and another address of this machine, with --with-header and other credentials, or with --wait 60: nothing else that this machine can send tells these apart`,
  },
  'open-folder': {
    cause: 'unknown',
    layer: 'unknown',
    confidence: 'none',
    says: 'All of this folder is refused, whatever the method and the headers are, and a path outside it is not',
    or: ofPaths,
    next: `${tellsOfPath}; or ask again with --from and another address of this machine, with --with-header and other credentials, or with --wait 60: nothing else that this machine can send tells these apart`,
  },
  'not-asked': {
    cause: 'unknown',
    layer: 'unknown',
    confidence: 'none',
    says: 'It is refused at this path only, and a GET of it passes; more would take a probe that may change something',
    or: [
      { layer: 'waf', cause: 'waf-rule' },
      { layer: 'unknown', cause: 'body-too-large', onlyIf: isLarge },
      { layer: 'application', cause: 'csrf' },
      { layer: 'application', cause: 'not-authorized' },
      { layer: 'server', cause: 'method-denied' },
      { layer: 'unknown', cause: 'content-type-denied' },
    ],
    next: 'ask again with --allow-changes: a harmless body goes to the same URL, and the application gets it',
  },
  interrupted: {
    cause: 'unknown',
    layer: 'unknown',
    confidence: 'none',
    says: 'A probe was refused in another way than the request, so nothing can be concluded from it',
    or: [],
    next: 'the answer to that probe, and the logs of both',
  },
} as const satisfies Readonly<Record<string, Conclusion>>;
