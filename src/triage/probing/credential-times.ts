import type { RequestSpec } from '../../model/request.js';
import type { Cause, TriageEvidence } from '../../model/triage.js';
import { cookiesIn, queryOf } from './odd-texts.js';

/** What a request tells by itself of credentials in it; nothing of it is sent anywhere. */
export interface CredentialFinding {
  readonly evidence: TriageEvidence;
  /** Why it is refused, where this is a reason. */
  readonly cause?: Cause;
}

/** JSON Web Tokens (RFC 7519) and signed URLs of a request, and whether they are valid at a time, in milliseconds since 1970. */
export function credentialFindings(request: RequestSpec, now: number): readonly CredentialFinding[] {
  return [...tokensIn(request, now), ...signedUrlIn(request, now)];
}

/** A token and where it stands. */
interface Placed {
  readonly place: string;
  readonly text: string;
}

const longestToken = 16_384;

function tokensIn(request: RequestSpec, now: number): readonly CredentialFinding[] {
  const headers = request.headers.map(([place, value]): Placed => ({ place, text: value.replace(/^\S+ +/, '') }));
  const pairs = [...cookiesIn(request), ...queryOf(request)].map(([place, text]): Placed => ({ place, text }));
  return [...headers, ...pairs].flatMap((placed) => {
    const claims = claimsIn(placed.text);
    return claims === undefined ? [] : [tokenFinding(placed.place, claims, now)];
  });
}

type Claims = Readonly<Record<string, unknown>>;

function claimsIn(token: string): Claims | undefined {
  if (token.length > longestToken) return undefined;
  const [, head = '', payload = ''] = /^(eyJ[\w-]+)\.([\w-]+)\.[\w-]*$/.exec(token) ?? [];
  return objectIn(head) === undefined ? undefined : objectIn(payload);
}

function objectIn(base64: string): Claims | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(base64, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function tokenFinding(place: string, claims: Claims, now: number): CredentialFinding {
  const [until, from] = [timeIn(claims['exp']), timeIn(claims['nbf'])];
  const text = ['exp', 'nbf', 'aud', 'scope', 'scp'].flatMap((name) => shown(name, claims[name])).join(' · ');
  const who = `the token in ${place}`;
  const evidence = (says: string): TriageEvidence => ({ from: 'command', text, says });
  if (until !== undefined && until <= now)
    return { cause: 'token-expired', evidence: evidence(`${who} expired ${ago(now - until)} before this request`) };
  if (from !== undefined && from > now)
    return { cause: 'token-expired', evidence: evidence(`${who} is not valid for another ${ago(from - now)}`) };
  return { evidence: evidence(`${who} is valid at this time, as far as it says`) };
}

/** Claims hold seconds since 1970. */
function timeIn(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value * 1000 : undefined;
}

const latest = 8.64e15;

function shown(name: string, value: unknown): readonly string[] {
  const at = name === 'exp' || name === 'nbf' ? timeIn(value) : undefined;
  if (at !== undefined) return Math.abs(at) > latest ? [] : [`${name} ${new Date(at).toISOString()}`];
  const texts = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
  return texts.length === 0 ? [] : [`${name} ${texts.join(' ').slice(0, 200)}`];
}

function signedUrlIn(request: RequestSpec, now: number): readonly CredentialFinding[] {
  const query = new Map(queryOf(request).map(([name, value]) => [name.toLowerCase(), value]));
  const until = endOf(query);
  if (until === undefined || Number.isNaN(until) || Math.abs(until) > latest) return [];
  const text = `valid until ${new Date(until).toISOString()}`;
  if (until > now) return [{ evidence: { from: 'command', text, says: 'the signed URL is valid at this time' } }];
  const says = `the signed URL expired ${ago(now - until)} before this request`;
  return [{ cause: 'signed-url', evidence: { from: 'command', text, says } }];
}

/** Of S3 and Google Cloud Storage (version 4), of CloudFront and version 2, and of Azure. */
function endOf(query: ReadonlyMap<string, string>): number | undefined {
  for (const vendor of ['x-amz', 'x-goog']) {
    const [date, seconds] = [query.get(`${vendor}-date`), query.get(`${vendor}-expires`)];
    if (date !== undefined && seconds !== undefined) return compactTime(date) + Number(seconds) * 1000;
  }
  const isSigned = ['signature', 'key-pair-id', 'googleaccessid', 'awsaccesskeyid'].some((name) => query.has(name));
  const expires = query.get('expires');
  if (isSigned && expires !== undefined) return Number(expires) * 1000;
  const azure = query.has('sig') ? query.get('se') : undefined;
  return azure === undefined ? undefined : Date.parse(azure);
}

/** `20261130T101500Z` */
function compactTime(text: string): number {
  return Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

function ago(ms: number): string {
  const units = [
    [86_400_000, 'day'],
    [3_600_000, 'hour'],
    [60_000, 'minute'],
    [1000, 'second'],
  ] as const;
  const [size, unit] = units.find(([one]) => ms >= one) ?? [1000, 'second'];
  const count = Math.floor(ms / size);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** A clock that is further off than this matters to tokens and signatures, in milliseconds. */
const smallSkew = 30_000;

/** What the `Date` of an answer says of the clocks. */
export function clockFinding(date: string | undefined, now: number): readonly TriageEvidence[] {
  const skew = Date.parse(date ?? '') - now;
  if (Number.isNaN(skew) || Math.abs(skew) < smallSkew) return [];
  const says = `the clock of the server is ${ago(Math.abs(skew))} ${skew > 0 ? 'ahead of' : 'behind'} the one of this machine`;
  return [{ from: 'response', text: `date: ${(date ?? '').slice(0, 40)}`, says }];
}
