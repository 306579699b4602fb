import type { Case } from '../model/case.js';
import type { EvidenceResult } from '../model/evidence.js';
import type { Exchange } from '../model/exchange.js';
import type { WireRequest } from '../model/request.js';
import type { CorrelationIds } from '../replay/correlation-ids.js';
import type { SessionUser } from '../replay/session/session-user.js';
import type { Sessions } from '../replay/session/sessions.js';
import type { TargetAddress } from '../replay/target.js';
import { withHost } from '../request/complete-request.js';
import { encodeRequest } from '../request/encode-request.js';
import type { Witnessed } from './assemble-report.js';

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
type Send = (wire: WireRequest, onAnswer: () => void) => Promise<Seen>;

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
  send: Send,
): Promise<Witnessed> {
  if (sessions === undefined) {
    const wire = encodeRequest(withHost(one.request, address.host));
    return { sent: one, ...(await send(wire, () => undefined)) };
  }
  const user = sessions.user();
  const trying = () => tryInSession(one, user, { sessions, address, ids }, send);
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
  const prepared = await sessions?.user().prepare(one);
  if (prepared === undefined) return { sent: one, wire: encodeRequest(withHost(one.request, address.host)) };
  return prepared.kind === 'unprepared' ? prepared.reason : ready(prepared, address);
}

type Prepared = Extract<Awaited<ReturnType<SessionUser['prepare']>>, { kind: 'prepared' }>;

function ready({ sent, request, secrets }: Prepared, address: TargetAddress): ReadyCase {
  return { sent, wire: encodeRequest(withHost(request, address.host)), sessionSecrets: secrets, inSession: request };
}

async function tryInSession(
  one: Case,
  user: SessionUser,
  { sessions, address, ids }: InSession & { readonly sessions: Sessions },
  send: Send,
): Promise<Tried> {
  const endTurn = user.needsTurn(one) ? await user.turn() : () => undefined;
  try {
    const prepared = await user.prepare(one);
    const { generation } = prepared;
    if (prepared.kind === 'unprepared') {
      const { answer, reason } = prepared;
      const lost =
        answer && sessions.lostIn({ kind: 'answered', ...answer, bodyExcerpt: answer.body }, { ...one, expect: {} });
      const exchange = notSent(ids.next(), reason);
      return { witnessed: { sent: one, exchange, evidence: { kind: 'missing', reason } }, generation, ...named(lost) };
    }
    const { wire, ...kept } = ready(prepared, address);
    const seen = await send(wire, endTurn);
    const lost = isBlocked(seen.evidence) ? undefined : sessions.lostIn(seen.exchange.outcome, one);
    if (lost === undefined && seen.exchange.outcome.kind === 'answered') user.arrived();
    return { witnessed: { ...kept, ...seen }, generation, ...named(lost) };
  } finally {
    endTurn();
  }
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
