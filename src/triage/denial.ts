import type { BlockedBy, Evidence } from '../model/evidence.js';
import type { Cause, Layer, Triage } from '../model/triage.js';
import type { Verdict } from '../model/verdict.js';
import { causeTexts } from './cause-texts.js';
import type { AnsweredOutcome } from './material.js';
import { looksRefused, triage } from './triage.js';
import { passedTheWaf } from './triage-of-refusal.js';

/** Who else refused a request, and why. */
export type Denial = Omit<Extract<Verdict, { kind: 'denied-elsewhere' }>, 'kind'>;

/**
 * Statuses that mean a refusal by themselves (RFC 9110 section 15.5, RFC 6585). A missing page or a failed validation is none:
 * it has passed the WAF.
 */
const refusing: readonly number[] = [401, 403, 405, 407, 413, 415, 419, 421, 429, 451, 503];

/** What is no refusal, whoever answers so. */
const harmless: readonly Cause[] = ['not-refused', 'not-found', 'internal-error', 'malformed-request', 'business-rule'];

const anyServer = 'http';

/** Who refused a request that the WAF's log shows to have passed it; nothing where nobody did. */
export function denialOf(answer: AnsweredOutcome, evidence: Evidence): Denial | undefined {
  if (answer.status < 400 && !looksRefused(answer)) return undefined;
  const found = triage({ outcome: answer, wafs: [{ id: 'waf', waf: 'the WAF', evidence, text: passedTheWaf }] });
  return isRefusal(found, answer.status) ? toDenial(found, answer, passedTheWaf) : undefined;
}

/** By its status where no system is known to answer so; else by what that system says with it. */
function isRefusal({ system, cause, confidence }: Triage, status: number): boolean {
  if (system === undefined || system === anyServer) return refusing.includes(status);
  if (harmless.includes(cause)) return false;
  return status >= 400 ? true : cause !== 'unknown' && confidence === 'proved';
}

/** Who refused a request that the WAF's log does not have, where the answer itself proves it. */
export function denialByAnswer(answer: AnsweredOutcome, unlogged: string): Denial | undefined {
  const found = triage({ outcome: answer });
  const { system, cause, layer, confidence } = found;
  if (cause === 'rate-limited') return toDenial(found, answer, unlogged);
  const isSure = confidence === 'proved' || confidence === 'likely';
  const isNamed = system !== undefined && system !== anyServer && layer !== 'unknown' && layer !== 'waf';
  const isCause = cause !== 'unknown' && !harmless.includes(cause) && cause !== 'upstream-down';
  return isSure && isNamed && isCause ? toDenial(found, answer, unlogged) : undefined;
}

/** What an answer without a log entry has of a page of a WAF; nothing where it has nothing. */
export function wafPageIn(answer: AnsweredOutcome): string | undefined {
  const { layer, cause, confidence, evidence } = triage({ outcome: answer });
  const isPage = layer === 'waf' && cause !== 'not-refused' && (confidence === 'proved' || confidence === 'likely');
  return isPage ? evidence[0]?.says : undefined;
}

function toDenial(
  { layer, cause, system, evidence, fix, next }: Triage,
  { status, headers }: AnsweredOutcome,
  logged: string,
): Denial {
  const retryAfter = headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1];
  const asks = retryAfter === undefined ? '' : ` with Retry-After: ${retryAfter}`;
  const says = evidence.find(({ from }) => from === 'response')?.says;
  return {
    layer,
    cause,
    ...(system !== undefined && system !== anyServer && { system }),
    because: `answered ${status}${asks}${says === undefined ? '' : `: ${says}`}; ${logged}`,
    ...(evidence.length > 0 && { evidence }),
    ...(fix !== undefined && { fix }),
    ...(cause === 'unknown' && next !== undefined && { next }),
  };
}

/** What was refused for who sent it, and not for what it holds. */
const ofClients: Partial<Readonly<Record<BlockedBy['kind'], readonly [Cause, string]>>> = {
  rate: ['rate-limited', 'lower --rate or --connections, or let the address of this machine past the limit'],
  bot: ['user-agent-denied', 'let the address of this machine past that rule, or send the headers of a browser'],
  ip: ['ip-denied', 'send from another address, or allow this one'],
  geo: ['geo-denied', 'send from an allowed country, or allow its address'],
};

/** Who refuses where the WAF did for who sent it; nothing where it did for what was sent. */
export function denialOfClient({ kind, ruleId, ofClient }: BlockedBy): Denial | undefined {
  if (ofClient !== true) return undefined;
  const layer: Layer = 'waf';
  const rule = ruleId === undefined ? 'the WAF' : `rule ${ruleId}`;
  const [cause, fix] = ofClients[kind] ?? (['challenge', 'let the address of this machine past that rule'] as const);
  const because = `${rule} refused it for who sent it, whatever it holds: ${causeTexts[cause].meaning}`;
  return { layer, cause, because, fix };
}
