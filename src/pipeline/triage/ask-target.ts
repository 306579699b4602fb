import type { Transport } from '../../contract/transport.js';
import type { Outcome } from '../../model/exchange.js';
import type { RequestSpec } from '../../model/request.js';
import type { CorrelationIds } from '../../replay/correlation-ids.js';
import { refusalFor } from '../../replay/requested-pause.js';
import { withHost } from '../../request/complete-request.js';
import { encodeRequest } from '../../request/encode-request.js';
import { isSameAnswer } from '../../triage/probing/compare-answers.js';
import type { ProbingOutcome } from '../../triage/probing/conclude.js';
import { DecisionWalk, type DueProbe } from '../../triage/probing/decision-walk.js';
import type { ProbeMaterial } from '../../triage/probing/probe-material.js';
import type { Clock } from '../../util/clock.js';
import { formTokenIn } from './form-token.js';

/** What it takes to send probes. */
export interface AskingMeans {
  /** By which way requests go, and by which those from the other address. */
  readonly transport: Transport;
  readonly otherTransport?: Transport;
  readonly ids: CorrelationIds;
  readonly host: string;
  readonly probe: ProbeMaterial;
  readonly waitMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Whether a probe may be sent that may change something. */
  readonly permit: (due: DueProbe) => Promise<boolean>;
  /** Told of each probe before it goes out. */
  readonly sending?: (due: DueProbe) => void;
}

/** Sends one request. */
export async function send(
  request: RequestSpec,
  transport: Transport,
  means: Pick<AskingMeans, 'ids' | 'host'>,
): Promise<Outcome> {
  const { outcome } = await transport.send(encodeRequest(withHost(request, means.host)), means.ids.next());
  return outcome;
}

/**
 * Sends probe after probe as the decision table says, one at a time, and the first that passed once more at the end: where it
 * passes no longer, a ban began meanwhile, and nothing counts that came after.
 */
export async function askTarget(
  baseline: ProbingOutcome['baseline'],
  means: AskingMeans,
): Promise<Pick<ProbingOutcome, 'conclusion' | 'answered' | 'control'>> {
  const probing = new DecisionWalk(baseline, means.probe);
  const conclusion = await askByTable(probing, baseline, means);
  const control = await repeatFirst(probing, means);
  const isBanned = control?.holds === false;
  return {
    conclusion: isBanned ? 'banned' : conclusion,
    answered: probing.answered,
    ...(control !== undefined && { control }),
  };
}

async function askByTable(probing: DecisionWalk, baseline: ProbingOutcome['baseline'], means: AskingMeans) {
  for (;;) {
    const turn = probing.turn();
    if (turn.kind === 'end') return turn.conclusion;
    const { due } = turn;
    if (due.mayChange && !(await means.permit(due))) {
      probing.forbid(due);
      continue;
    }
    const outcome = await sendProbe(due, means);
    if (isLimit(outcome, baseline)) {
      probing.answer(due, outcome);
      return 'banned';
    }
    probing.answer(due, outcome);
    const form = due.id === 'get' ? formTokenIn(outcome, `${means.probe.origin}${due.request.path}`) : undefined;
    if (form !== undefined) probing.learnForm(form);
  }
}

async function sendProbe(due: DueProbe, means: AskingMeans): Promise<Outcome> {
  means.signal.throwIfAborted();
  if (due.probe.isLater === true) await means.clock.sleep(means.waitMs, means.signal);
  means.sending?.(due);
  const transport = due.probe.from === undefined ? means.transport : (means.otherTransport ?? means.transport);
  return send(due.request, transport, means);
}

/** What counts requests answers, and did not answer the first one. */
function isLimit(outcome: Outcome, baseline: ProbingOutcome['baseline']): boolean {
  const isOne = (one: Outcome) => refusalFor(one, Date.now()) !== undefined;
  return isOne(outcome) && !isOne(baseline.outcome);
}

async function repeatFirst(probing: DecisionWalk, means: AskingMeans): Promise<ProbingOutcome['control']> {
  const first = probing.sent.find(
    ({ reading, mayChange, probe }) => reading.kind === 'passes' && !mayChange && probe.from === undefined,
  );
  if (first === undefined) return undefined;
  const outcome = await send(first.request, means.transport, means);
  return { of: first, outcome, holds: isSameAnswer(first, { request: first.request, outcome }) };
}
