import { correlationHeader } from '../model/correlation.js';
import type { Pair } from '../model/request.js';
import type { CapturedRequest } from './captured-request.js';
import { splitUrl } from './split-url.js';

/** Which requests are wanted. */
export interface CleanOptions {
  /** Absent: all are. */
  readonly origins?: readonly string[];
  /** In capitals; absent: all are. */
  readonly methods?: readonly string[];
  /** What only asks for something (GET, HEAD) is not wanted. */
  readonly onlyChanges: boolean;
  /** What a script sends by itself is wanted as well. */
  readonly keepsBackground?: boolean;
  readonly isRecorded: boolean;
}

/** What a client or a proxy adds for one connection (RFC 9110 section 7.6.1), and what Wafproof adds by itself. */
const ofConnection = new Set(
  `connection keep-alive proxy-connection proxy-authorization te trailer transfer-encoding upgrade http2-settings expect
  host content-length`.split(/\s+/),
);

/** What browsers say of themselves and their cache: of no use in a replay. */
const ofBrowser = /^(?:sec-|:|if-(?:none-match|modified-since)$|upgrade-insecure-requests$|priority$|dnt$)/i;

/** The request with the headers that its author means. */
export function cleanRequest(request: CapturedRequest): CapturedRequest {
  const { origin } = splitUrl(request.url);
  const headers = request.headers.filter(
    (pair) => isMeant(pair[0]) && !isOfSameOrigin(pair, origin) && !isPseudoHeader(pair, request),
  );
  return {
    ...request,
    method: request.method.trim(),
    url: request.url.toWellFormed(),
    headers: headers.map(([name, value]): Pair => [name, value.trim().toWellFormed()]),
  };
}

function isMeant(name: string): boolean {
  const lower = name.toLowerCase();
  return !ofConnection.has(lower) && !ofBrowser.test(lower) && lower !== correlationHeader.toLowerCase();
}

/** Where a page of the application itself has sent it from: another target is another origin. */
function isOfSameOrigin([name, value]: Pair, origin: string): boolean {
  return origin !== '' && /^(?:origin|referer)$/i.test(name) && splitUrl(value.trim()).origin === origin;
}

/** The request line of HTTP/2, which older browsers copied among the headers, without its colons. */
function isPseudoHeader([name, value]: Pair, { method, url, headers }: CapturedRequest): boolean {
  const { origin, target } = splitUrl(url);
  const parts = new Map([
    ['authority', origin.replace(/^.*\/\//, '')],
    ['method', method],
    ['path', target],
    ['scheme', origin.replace(/:.*/, '')],
  ]);
  const isCopied = headers.some((one) => one[0].toLowerCase() === 'authority' && one[1] === parts.get('authority'));
  return isCopied && origin !== '' && parts.get(name.toLowerCase()) === value;
}

const methodToken = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const causes = {
  preflight: 'a preflight, which the browser sends by itself (OPTIONS)',
  beacon: 'a beacon of analytics',
  socket: 'a web socket',
  background: 'sent by a script in the background',
  login: 'sent by the login script',
} as const;

/** Why a request is no case; nothing where it is one. */
export function whyLeftOut(request: CapturedRequest, wanted: CleanOptions): string | undefined {
  return whyNotMeant(request, wanted) ?? whyNotSendable(request) ?? whyIncomplete(request);
}

function whyNotMeant({ method, url, cause }: CapturedRequest, wanted: CleanOptions): string | undefined {
  const { origin } = splitUrl(url);
  if (cause !== undefined && !(cause === 'background' && wanted.keepsBackground === true)) return causes[cause];
  if (wanted.isRecorded && /^wss?:/i.test(url)) return causes.socket;
  if (wanted.isRecorded && method.toUpperCase() === 'OPTIONS') return causes.preflight;
  if (wanted.origins !== undefined && origin !== '' && !wanted.origins.includes(origin))
    return 'to another origin (--origin names those that are wanted)';
  if (wanted.methods !== undefined && !wanted.methods.includes(method.toUpperCase()))
    return 'of another method than --methods names';
  if (wanted.methods === undefined && wanted.onlyChanges && /^(?:GET|HEAD)$/i.test(method))
    return 'only asks for something (GET, HEAD): --keep-get keeps it';
  return undefined;
}

function whyNotSendable({ method, headers }: CapturedRequest): string | undefined {
  if (!methodToken.test(method)) return 'its method cannot be sent';
  const isFine = headers.every(([name, value]) => methodToken.test(name) && !/[\r\n\0]/.test(value));
  return isFine ? undefined : 'a header of it cannot be sent';
}

function whyIncomplete({ body }: CapturedRequest): string | undefined {
  return body.kind === 'missing' ? body.reason : undefined;
}

/**
 * What was captured, as a body: where more was sent, or less, it is missing. A case must never be shorter than what was sent.
 * @param length of the Content-Length that was sent
 */
export function measuredBody(bytes: Uint8Array, length: string | undefined): CapturedRequest['body'] {
  const sent = length !== undefined && /^\d{1,15}$/.test(length.trim()) ? Number(length) : bytes.length;
  if (sent !== bytes.length)
    return { kind: 'missing', reason: `its body is not whole: ${bytes.length} bytes are there and ${sent} were sent` };
  return bytes.length === 0 ? { kind: 'none' } : { kind: 'bytes', bytes };
}
