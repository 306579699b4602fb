import type { Cause, Grade } from '../../../model/triage.js';
import { header, status } from '../../sign.js';
import type { LayerAndCause, RefusalPattern } from '../../system.js';

type Row = readonly [status: number, cause: Cause, grade: Grade, says: string, ...or: LayerAndCause[]];

/** What a status means beside an error in JSON: no server and no edge writes its own pages so. */
const rows: readonly Row[] = [
  [
    400,
    'malformed-request',
    'possible',
    'what was sent is not accepted',
    'application/csrf',
    'gateway/malformed-request',
  ],
  [
    401,
    'authentication-required',
    'likely',
    'credentials are missing or not accepted',
    'gateway/authentication-required',
    'application/token-expired',
  ],
  [403, 'not-authorized', 'possible', 'the user may not do this', 'gateway/not-authorized', 'application/csrf'],
  [404, 'not-found', 'likely', 'there is no such route or object', 'gateway/not-found', 'application/not-authorized'],
  [405, 'method-not-supported', 'likely', 'the route takes no such method', 'gateway/method-not-supported'],
  [406, 'content-type-denied', 'possible', 'nothing fits Accept', 'waf/waf-rule'],
  [408, 'connection-dropped', 'possible', 'the request came too slowly'],
  [413, 'body-too-large', 'likely', 'the body is over a limit', 'gateway/body-too-large'],
  [415, 'content-type-denied', 'likely', 'the Content-Type is not taken', 'gateway/content-type-denied'],
  [
    422,
    'malformed-request',
    'possible',
    'what was sent was read, and not accepted',
    'application/business-rule',
    'application/csrf',
  ],
  [429, 'rate-limited', 'likely', 'there are too many requests', 'gateway/rate-limited', 'edge/rate-limited'],
  [500, 'internal-error', 'likely', 'the application failed', 'gateway/internal-error', 'waf/waf-body-parser'],
];

const byStatus: Readonly<Record<number, readonly string[]>> = {
  401: ['401-bearer'],
  405: ['405-allow'],
};

/** With these, gateways refuse in JSON as often, before a request comes to the application. */
const ofGateways: readonly number[] = [401, 403, 404, 413, 429, 500];

/** Of Any server: statuses beside an error in JSON. */
export const jsonErrors: readonly RefusalPattern[] = rows.map(([code, cause, grade, says, ...or]) => ({
  id: `${code}-json`,
  by: 'common',
  all: [status(code), header('content-type', /json/i)],
  cause,
  layer: ofGateways.includes(code) ? 'unknown' : 'application',
  grade,
  says: `an error in JSON, as applications write them: ${says}`,
  or: ofGateways.includes(code) ? [`application/${cause}`, ...or] : or,
  instead: code === 403 ? [] : [String(code), ...(byStatus[code] ?? [])],
}));
