import { fail, type WafproofError } from '../../../model/error.js';
import { printable } from '../../../util/printable.js';
import { reasonOf } from '../../../util/reason-of.js';

/** What was asked of AWS when something went wrong. */
export interface AwsQuestion {
  /** The permission that it takes, such as `wafv2:GetWebACL`. */
  readonly operation: string;
  /** What was asked for, in words: `web ACL staging`. */
  readonly what: string;
  readonly region: string;
  readonly endpoint: string;
}

/** The answer as it came over the wire, where there was one. */
export interface WireAnswer {
  readonly status: number;
  readonly text: string;
  /** The header field `Date`. */
  readonly date?: string | undefined;
}

/**
 * What an error of the SDK means for the user. Messages of AWS about signatures quote the request with its token, so none of
 * them is passed on.
 */
export function explainError(error: unknown, question: AwsQuestion, answer?: WireAnswer): WafproofError {
  const name = nameOf(error);
  const { operation, endpoint } = question;
  if (answer !== undefined && isNoApi(answer))
    return fail('AWS_NOT_AN_API', { endpoint, status: answer.status, operation }, { cause: error });
  const kind = kindOf(name, messageOf(error), error);
  switch (kind) {
    case 'no-credentials':
      return fail('AWS_CREDENTIALS_MISSING', {});
    case 'expired':
      return fail('AWS_CREDENTIALS_EXPIRED', { operation });
    case 'skew':
      return fail('AWS_CLOCK_SKEW', { operation, ...skewIn(answer) });
    case 'bad-credentials':
      return fail('AWS_CREDENTIALS_INVALID', { operation, name });
    case 'denied':
      return fail('AWS_ACCESS_DENIED', {
        permission: permissionIn(messageOf(error)) ?? operation,
        who: whoIn(messageOf(error)),
      });
    case 'throttled':
      return fail('AWS_THROTTLED', { operation });
    case 'not-found':
      return fail('AWS_NOT_FOUND', { what: question.what, region: question.region });
    case 'elsewhere':
      return fail('AWS_REGION', {
        reason: `${question.what} is not in ${question.region}`,
        cure: 'name its own region',
      });
    case 'no-region':
      return fail('AWS_REGION', { reason: 'no AWS region is known', cure: 'set "region" of the WAF, or AWS_REGION' });
    case 'unreachable':
      return fail('AWS_UNREACHABLE', { endpoint, reason: reasonOf(error) }, { cause: error });
    case 'other':
      return fail('AWS_FAILED', { operation, name, reason: firstWords(messageOf(error)) });
  }
}

type Kind =
  | 'no-credentials'
  | 'expired'
  | 'skew'
  | 'bad-credentials'
  | 'denied'
  | 'throttled'
  | 'not-found'
  | 'elsewhere'
  | 'no-region'
  | 'unreachable'
  | 'other';

/** Names of errors, as the services and the SDK spell them. */
const names: readonly (readonly [Kind, RegExp])[] = [
  ['expired', /^(?:ExpiredToken(?:Exception)?|TokenRefreshRequired|RequestExpired)$/],
  ['skew', /^(?:RequestTimeTooSkewed|RequestInTheFuture)$/],
  [
    'bad-credentials',
    /^(?:UnrecognizedClientException|InvalidClientTokenId|InvalidAccessKeyId|InvalidToken|InvalidSignatureException|SignatureDoesNotMatch|AuthFailure|IncompleteSignature(?:Exception)?|MissingAuthenticationToken(?:Exception)?|OptInRequired|NotSignedUp)$/,
  ],
  [
    'denied',
    /^(?:AccessDenied(?:Exception)?|Forbidden|UnauthorizedOperation|NotAuthorized(?:Exception)?|AllAccessDisabled|403)$/,
  ],
  [
    'throttled',
    /^(?:Throttling(?:Exception)?|ThrottledException|TooManyRequestsException|RequestLimitExceeded|LimitExceededException|SlowDown|BandwidthLimitExceeded)$/,
  ],
  ['not-found', /^(?:WAFNonexistentItemException|ResourceNotFoundException|NoSuchBucket|NoSuchKey|NotFound)$/],
  [
    'elsewhere',
    /^(?:PermanentRedirect|AuthorizationHeaderMalformed|BucketRegionError|IllegalLocationConstraintException)$/,
  ],
];
const expiredInWords = /\bexpired\b/i;
const staleSignature = /signature expired|signature not yet current|too skewed/i;
const networkCodes =
  /^(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|EPROTO|CERT_|DEPTH_|SELF_SIGNED|UNABLE_TO|ERR_TLS)/;

function kindOf(name: string, message: string, error: unknown): Kind {
  if (staleSignature.test(message)) return 'skew';
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError')
    return expiredInWords.test(message) ? 'expired' : 'no-credentials';
  if (name === 'InvalidIdentityToken' || name === 'ExpiredTokenException') return 'expired';
  if (/^Region is missing/.test(message)) return 'no-region';
  const known = names.find(([, pattern]) => pattern.test(name));
  if (known !== undefined) return known[0];
  if (name === 'TimeoutError' || networkCodes.test(codeOf(error))) return 'unreachable';
  return 'other';
}

/** A page of a proxy, of an emulator, or of a web server that is none of AWS's. */
function isNoApi({ text }: WireAnswer): boolean {
  return /^\s*<(?:!doctype|html)/i.test(text);
}

/** The server tells its own time. */
function skewIn(answer: WireAnswer | undefined): { readonly skew?: string } {
  const seconds = Math.round((Date.parse(answer?.date ?? '') - Date.now()) / 1000);
  if (Number.isNaN(seconds) || Math.abs(seconds) < 60) return {};
  return { skew: `${Math.abs(seconds)} s ${seconds > 0 ? 'behind' : 'ahead of'} that of AWS` };
}

/** `User: ARN is not authorized to perform: wafv2:GetWebACL on resource: …` */
function permissionIn(message: string): string | undefined {
  return /perform:?\s+([a-z0-9-]{1,40}:[A-Za-z]{1,60})/.exec(message)?.[1];
}

function whoIn(message: string): string {
  return /User:\s+(arn:[\w:/+=,.@-]{1,300})/.exec(message)?.[1] ?? 'the identity of the AWS credentials';
}

const longestReason = 300;

function firstWords(message: string): string {
  const line = printable(message.split('\n', 1)[0] ?? '').trim();
  return line === '' ? 'without a reason' : line.slice(0, longestReason).replace(/\.$/, '');
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
