import type { Outcome } from '../../model/exchange.js';
import type { RequestSpec } from '../../model/request.js';
import { encodeRequest } from '../../request/encode-request.js';
import { type AnswerShape, isAlike, shapeOf } from '../answer-shape.js';

/** What an answer to a probe is, beside the refusal that is looked into. */
export type ProbeReading =
  /** The same refusal. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'passes' }
  /** Whoever asks is to say who it is. */
  | { readonly kind: 'asked' }
  /** A refusal of another kind: whether it came in the place of the first one, nobody can tell. */
  | { readonly kind: 'other'; readonly reason: string; readonly isAnswered: boolean };

/** A request and what came back. */
export interface AnsweredRequest {
  readonly request: RequestSpec;
  readonly outcome: Outcome;
}

type Answer = Extract<Outcome, { kind: 'answered' }>;

/** By which statuses somebody is refused, rather than told what is wrong with the request. */
const refusing: readonly number[] = [401, 403, 406, 407, 429, 451, 503];

/** Reads the answer to a probe, by the answer to the refused request. */
export function readProbeAnswer(baseline: AnsweredRequest, probe: AnsweredRequest): ProbeReading {
  const [first, second] = [baseline.outcome, probe.outcome];
  if (second.kind === 'failed')
    return first.kind === 'failed' && first.reason === second.reason
      ? { kind: 'refused' }
      : { kind: 'other', reason: `it had no answer: ${second.message}`, isAnswered: false };
  if (first.kind === 'answered' && isSameAnswer(baseline, probe)) return { kind: 'refused' };
  // Many servers know no HEAD where they know a GET: that tells nothing.
  if (probe.request.method === 'HEAD' && baseline.request.method !== 'HEAD' && second.status >= 400)
    return { kind: 'refused' };
  if (asksForCredentials(second)) return { kind: 'asked' };
  const reason = `it was answered with ${second.status}, and not like the request itself`;
  return refusing.includes(second.status) ? { kind: 'other', reason, isAnswered: true } : { kind: 'passes' };
}

/** Whether two answers have one status and are the same page, whatever they show of the requests. */
export function isSameAnswer(one: AnsweredRequest, other: AnsweredRequest): boolean {
  if (one.outcome.kind === 'failed' || other.outcome.kind === 'failed') return one.outcome.kind === other.outcome.kind;
  if (one.outcome.status !== other.outcome.status) return false;
  if ([one, other].some(({ request }) => request.method === 'HEAD')) return true;
  const echoes = new Set([...wordsSent(one.request), ...wordsSent(other.request)]);
  return isAlike(without(shapeOf(one.outcome), echoes), without(shapeOf(other.outcome), echoes));
}

function without({ location, words }: AnswerShape, echoes: ReadonlySet<string>): AnswerShape {
  return { location, words: new Map([...words].filter(([word]) => !echoes.has(word))) };
}

/** Letters alone, as pages are compared by them; words of pages of errors are none that a request has of its own. */
function wordsSent(request: RequestSpec): readonly string[] {
  const { method, target, body } = encodeRequest(request);
  const text = `${method} ${decoded(target)} ${Buffer.from(body.subarray(0, mostRead)).toString('utf8')}`;
  return text.toLowerCase().match(/\p{L}+/gu) ?? [];
}

const mostRead = 16_384;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A login page is asked for with a redirect as well. */
function asksForCredentials({ status, headers }: Answer): boolean {
  if (status === 401 || status === 407) return true;
  const location = headers.find(([name]) => name.toLowerCase() === 'location')?.[1] ?? '';
  return status >= 300 && status < 400 && /(?:^|[/._-])(?:log-?in|sign-?in|sso|oauth2?|saml|auth)\b/i.test(location);
}
