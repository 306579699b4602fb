import type { Outcome } from '../model/exchange.js';

/** A refusal for load: the request was not processed, and may be sent again later. */
export interface Refusal {
  readonly status: number;
  /** How long the target asks to wait, in milliseconds; absent where it leaves that open. */
  readonly waitMs?: number;
}

/** How often a request is sent again that the target refused for load. */
export const maxResent = 2;

/** The longest pause that is waited for, in milliseconds. What asks for more is not sent again. */
const longestPauseMs = 60_000;

/**
 * Whether an answer refuses a request for load: 429 does (RFC 6585 section 4), 503 does where it says when to come back
 * (RFC 9110 section 15.6.4). A 503 that does not is an answer like any other: a backend may have died half-way.
 * @param now milliseconds since 1970; counts where the answer has no `Date` of its own
 */
export function refusalFor(outcome: Outcome, now: number): Refusal | undefined {
  if (outcome.kind !== 'answered' || ![429, 503].includes(outcome.status)) return undefined;
  const { status } = outcome;
  const waitMs = retryAfterMs(outcome, now);
  if (waitMs !== undefined) return { status, waitMs };
  return status === 429 ? { status } : undefined;
}

/** Whether it helps to wait and send the request again. */
export function isWorthWaiting({ waitMs = 0 }: Refusal): boolean {
  return waitMs <= longestPauseMs;
}

type Answer = Extract<Outcome, { readonly kind: 'answered' }>;

/** RFC 9110 section 10.2.3: seconds, or a date, which counts from the server's own clock where it shows it. */
function retryAfterMs(answer: Answer, now: number): number | undefined {
  const text = field(answer, 'retry-after');
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const until = httpDate(text);
  return until === undefined ? undefined : Math.max(0, until - (httpDate(field(answer, 'date') ?? '') ?? now));
}

function field({ headers }: Answer, name: string): string | undefined {
  return headers.find(([given]) => given.toLowerCase() === name)?.[1].trim();
}

/** RFC 9110 section 5.6.7: `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT`. */
const dateWithZone = /^[A-Z][a-z]+, \d\d(?: [A-Z][a-z]{2} \d{4}|-[A-Z][a-z]{2}-\d\d) \d\d:\d\d:\d\d GMT$/;
/** `Sun Nov  6 08:49:37 1994`, which means GMT too. */
const dateOfC = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/;

function httpDate(text: string): number | undefined {
  const zoned = dateWithZone.test(text) ? text : dateOfC.test(text) ? `${text} GMT` : '';
  const time = Date.parse(zoned);
  return Number.isNaN(time) ? undefined : time;
}
