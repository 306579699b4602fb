import type { FailureReason, Outcome } from '../model/exchange.js';
import { reasonOf } from '../util/reason-of.js';
import { ProxyError } from './proxy.js';

export type Failed = Extract<Outcome, { kind: 'failed' }>;

/** An outcome without an answer. */
export function failedOutcome(reason: FailureReason, message: string): Failed {
  return { kind: 'failed', reason, message };
}

/** What undici, `node:http`, `node:net`, `node:tls` and the resolver call their failures. Order matters: first match. */
const reasons: readonly (readonly [RegExp, FailureReason])[] = [
  [/^ECONNREFUSED$/, 'connection-refused'],
  [/^(ENOTFOUND|EAI_\w+)$/, 'name-not-found'],
  [/^(UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT)$/, 'timeout'],
  [/^(ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET)$/, 'connection-reset'],
  [/^(ERR_TLS_|ERR_SSL_|ERR_OSSL_|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|EPROTO)/, 'tls'],
  [/^(UND_ERR_INVALID_ARG|UND_ERR_NOT_SUPPORTED|UND_ERR_REQ_CONTENT_LENGTH_MISMATCH)$/, 'unsendable'],
  [/^(ERR_INVALID_CHAR|ERR_INVALID_HTTP_TOKEN|ERR_UNESCAPED_CHARACTERS|ERR_HTTP_INVALID_HEADER_VALUE)$/, 'unsendable'],
];

/** The outcome that an error of the HTTP client stands for. */
export function failureOf(error: unknown): Failed {
  const code = codeOf(error);
  const message = messageOf(error);
  if (code.startsWith('HPE_')) return failedOutcome('other', `the answer is not HTTP/1.1: ${parserReason(code)}`);
  if (/^bad (response|upgrade)$/.test(message))
    return failedOutcome('other', `the server answered out of turn (${message})`);
  const reason = reasons.find(([pattern]) => pattern.test(code))?.[1] ?? 'other';
  return failedOutcome(reason, message);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** A name with several addresses fails with an error for each, and none of its own. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ');
  return error instanceof ProxyError ? error.message : `${reasonOf(error)}${atAddress(error)}`;
}

/** What Node's parser calls what it cannot read (llhttp), in words. */
const parserReasons: readonly (readonly [RegExp, string])[] = [
  [/^HPE_(INVALID_CONSTANT|INVALID_VERSION)$/, 'it does not begin with "HTTP/1.1" or "HTTP/1.0"'],
  [/^HPE_INVALID_STATUS$/, 'its status is no number of three digits'],
  [/^HPE_HEADER_OVERFLOW$/, 'its headers are too long'],
  [/HEADER|EXPECTED/, 'a line of its headers is malformed'],
  [/CONTENT_LENGTH|TRANSFER_ENCODING/, 'its headers do not tell where its body ends'],
  [/CHUNK/, 'a chunk of its body is malformed'],
  [/^HPE_(INVALID_EOF_STATE|CLOSED_CONNECTION)$/, 'it ends, or goes on, where it should not'],
];

function parserReason(code: string): string {
  return parserReasons.find(([pattern]) => pattern.test(code))?.[1] ?? 'it is malformed';
}

function atAddress(error: unknown): string {
  const isKnown = error instanceof Error && 'address' in error && 'port' in error;
  return isKnown ? ` (${String(error.address)}:${String(error.port)})` : '';
}
