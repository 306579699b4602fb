import type { Case } from '../model/case.js';
import type { EvidenceResult } from '../model/evidence.js';
import type { Exchange } from '../model/exchange.js';
import type { WireRequest } from '../model/request.js';
import type { CorrelationIds } from '../replay/correlation-ids.js';
import type { Prepared, SessionUser, Unprepared } from '../replay/session/session-user.js';
import type { Sessions } from '../replay/session/sessions.js';
import { withoutSecrets } from '../replay/session/step-failure.js';
import type { TargetAddress } from '../replay/target.js';
import { withHost, withOrigin } from '../request/complete-request.js';
import { encodeRequest } from '../request/encode-request.js';
import type { Witnessed } from './assemble-report.js';
import { pageRequest } from './page-request.js';
import type { SeenInPage, SendInPage } from './witness-in-page.js';

/** Where cases are sent, and as whom. */
export interface InSession {
  /** Absent where nobody has a session. */
  readonly sessions: Sessions | undefined;
  readonly address: TargetAddress;
  readonly ids: CorrelationIds;
}

/** A case made ready to be sent: its bytes, and what of them must not leave this process. */
export interface ReadyCase extends Pick<Witnessed, 'sent' | 'sessionSecrets' | 'inSession'> {
  readonly wire: WireRequest;
}

type Seen = Pick<Witnessed, 'exchange' | 'evidence' | 'answer'>;

/** Sends a request that is ready; `onAnswer` is called when its answer is there, before anything else is waited for. */
type Send = (wire: WireRequest, onAnswer: (exchange: Exchange) => void) => Promise<Seen>;

/** The ways in which a case goes out. */
export interface Ways {
  readonly send: Send;
  readonly inPage: (send: SendInPage, onAnswer: () => void) => Promise<SeenInPage>;
}

interface Tried {
  readonly witnessed: Witnessed;
  /** What shows that its session is lost. */
  readonly lost?: string;
  readonly generation: number;
}

/**
 * Sends a case in a session. Where the answer shows that the session is lost, it is opened again, once, and the case is
 * sent again, once: a request that never reached the application says nothing of it.
 */
export async function witnessInSession(
  one: Case,
  { sessions, address, ids }: InSession,
  ways: Ways,
): Promise<Witnessed> {
  if (sessions === undefined) {
    const wire = encodeRequest(withHost(one.request, address.host));
    return { sent: one, ...(await ways.send(wire, () => undefined)) };
  }
  const user = sessions.user();
  const whole = { sessions, address, ids };
  const trying = () =>
    one.browser ? tryInPage(one, user, whole, ways.inPage) : tryInSession(one, user, whole, ways.send);
  const first = await trying();
  if (first.lost === undefined) return first.witnessed;
  if (!user.logsIn)
    return asLost(first.witnessed, `not logged in: ${first.lost}; give the target a session, or expect that status`);
  const problem = await user.reopen(first.generation);
  if (problem !== undefined)
    return asLost(first.witnessed, `session lost (${first.lost}), and not open again: ${problem}`);
  const second = await trying();
  if (second.lost === undefined) return second.witnessed;
  return asLost(second.witnessed, `session lost: ${second.lost}, also after it was opened again`);
}

/** A case as it would be sent now, for what was sent before; the reason where it cannot be. */
export async function readyAgain(
  one: Case,
  { sessions, address }: Omit<InSession, 'ids'>,
): Promise<ReadyCase | string> {
  if (one.browser) return 'what its page sent is not known any more';
  const prepared = await sessions?.user().prepare(one);
  if (prepared === undefined) return { sent: one, wire: encodeRequest(withHost(one.request, address.host)) };
  return prepared.kind === 'unprepared' ? prepared.reason : ready(prepared, address);
}

function ready({ sent, request, secrets }: Prepared, { host, origin }: TargetAddress): ReadyCase {
  const wire = encodeRequest(withHost(withOrigin(request, origin), host));
  return { sent, wire, sessionSecrets: secrets, inSession: request };
}

async function tryInSession(
  one: Case,
  user: SessionUser,
  { sessions, address, ids }: InSession & { readonly sessions: Sessions },
  send: Send,
): Promise<Tried> {
  const endTurn = user.needsTurn(one) ? await user.turn() : () => undefined;
  const endSlot = user.logsIn ? await sessions.slot() : () => undefined;
  const end = () => {
    endSlot();
    endTurn();
  };
  try {
    const prepared = await user.prepare(one);
    const { generation } = prepared;
    const lostAt = lostBefore(prepared, one, sessions);
    if (prepared.kind === 'unprepared' || lostAt !== undefined) {
      const reason = prepared.kind === 'prepared' ? 'its page shows that the session is lost' : prepared.reason;
      const exchange = notSent(ids.next(), reason);
      return {
        witnessed: { sent: one, exchange, evidence: { kind: 'missing', reason } },
        generation,
        ...named(lostAt),
      };
    }
    const { wire, ...kept } = ready(prepared, address);
    const onAnswer = ({ outcome }: Exchange) => {
      if (outcome.kind === 'answered') prepared.keep(outcome.headers);
      end();
    };
    const seen = await send(wire, onAnswer);
    const lost = isBlocked(seen.evidence) ? undefined : sessions.lostIn(seen.exchange.outcome, one);
    if (lost === undefined && seen.exchange.outcome.kind === 'answered') user.arrived();
    return { witnessed: { ...kept, ...seen }, generation, ...named(lost) };
  } finally {
    end();
  }
}

/** Where nobody has logged in, each case has a browser window that knows nothing of the others, and several are open at once. */
async function tryInPage(
  one: Case,
  user: SessionUser,
  { sessions, address, ids }: InSession & { readonly sessions: Sessions },
  inPage: Ways['inPage'],
): Promise<Tried> {
  const endTurn = user.logsIn ? await user.turn() : () => undefined;
  const endWindow = await sessions.window();
  try {
    const prepared = await user.prepareEntry(one);
    const { generation } = prepared;
    if (prepared.kind === 'unprepared')
      return { ...unsentTry(one, ids, prepared.reason), generation, ...named(lostBefore(prepared, one, sessions)) };
    const sent = await inPage((id, before) => user.enter(prepared, id, before), endTurn);
    if (!('seen' in sent)) {
      const { reason, answer } = sent.entered;
      const lost = lostBefore({ kind: 'unprepared', reason, generation, ...(answer && { answer }) }, one, sessions);
      return {
        ...unsentTry(one, ids, withoutSecrets(reason, [...one.secrets, ...prepared.secrets])),
        generation,
        ...named(lost),
      };
    }
    const { entered, seen } = sent;
    const { request, tokens } = pageRequest(entered, one, address.basePath);
    const asSent = { ...one, request };
    const lost = isBlocked(seen.evidence) ? undefined : sessions.lostIn(seen.exchange.outcome, asSent);
    if (lost === undefined && seen.exchange.outcome.kind === 'answered') user.arrived();
    const sessionSecrets = [...entered.secrets, ...tokens];
    return { witnessed: { sent: asSent, sessionSecrets, inSession: request, ...seen }, generation, ...named(lost) };
  } finally {
    endWindow();
    endTurn();
  }
}

function unsentTry(one: Case, ids: CorrelationIds, reason: string): Pick<Tried, 'witnessed'> {
  return { witnessed: { sent: one, exchange: notSent(ids.next(), reason), evidence: { kind: 'missing', reason } } };
}

/**
 * What shows that the session of a case is lost before it is sent: a page that it needs, or a cookie that is gone. A guest may get
 * that page too, and what is sent from it is a guest's.
 */
function lostBefore(ready: Prepared | Unprepared, one: Case, sessions: Sessions): string | undefined {
  const pages = ready.kind === 'prepared' ? ready.pages : ready.answer === undefined ? [] : [ready.answer];
  for (const page of pages) {
    const outcome = { kind: 'answered', ...page, bodyExcerpt: page.body } as const;
    const lost = sessions.lostIn(outcome, { ...one, expect: {} });
    if (lost !== undefined) return lost;
  }
  const { lostCookie } = ready;
  return lostCookie === undefined ? undefined : `the cookie "${lostCookie}" is gone`;
}

function named(lost: string | undefined): Pick<Tried, 'lost'> {
  return lost === undefined ? {} : { lost };
}

/** What the WAF refused says nothing of the session. */
function isBlocked(evidence: EvidenceResult): boolean {
  return evidence.kind === 'found' && evidence.evidence.action === 'blocked';
}

function notSent(correlationId: string, message: string): Exchange {
  return { correlationId, outcome: { kind: 'failed', reason: 'not-sent', message }, durationMs: 0, unsent: true };
}

function asLost(witnessed: Witnessed, reason: string): Witnessed {
  const { exchange } = witnessed;
  const isAnswered = exchange.outcome.kind === 'answered';
  const outcome = isAnswered ? exchange.outcome : ({ kind: 'failed', reason: 'not-sent', message: reason } as const);
  return { ...witnessed, exchange: { ...exchange, outcome }, evidence: { kind: 'undecided', reason } };
}
