import type { Outcome } from '../../model/exchange.js';
import type { RequestSpec } from '../../model/request.js';
import { refusalFor } from '../../replay/requested-pause.js';
import { isSameAnswer } from '../../triage/probing/compare-answers.js';
import type { ProbingOutcome } from '../../triage/probing/conclude.js';
import { DecisionWalk, type DueProbe, type LoggedProbe } from '../../triage/probing/decision-walk.js';
import type { ProbeMaterial } from '../../triage/probing/probe-material.js';
import type { Clock } from '../../util/clock.js';
import { formTokenIn } from './form-token.js';

/** What came of a request, and what logs say of it. */
export interface AskedProbe {
  readonly outcome: Outcome;
  readonly logged?: LoggedProbe;
}

/** Sends one request. */
export type AskProbe = (request: RequestSpec, from?: 'other-address') => Promise<AskedProbe>;

/** What it takes to send probes. */
export interface AskingMeans {
  readonly ask: AskProbe;
  readonly probe: ProbeMaterial;
  /** What stands before the path of each request. */
  readonly basePath?: string;
  readonly waitMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Whether a probe may be sent that may change something. */
  readonly permit: (due: DueProbe) => Promise<boolean>;
  /** Told of each probe before it goes out. */
  readonly sending?: (due: DueProbe) => void;
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
    const { outcome, logged } = await sendProbe(due, means);
    probing.answer(due, outcome, logged);
    if (isLimit(outcome, baseline)) return 'banned';
    const page = `${means.probe.origin}${means.basePath ?? ''}${due.request.path}`;
    const form = due.id === 'get' ? formTokenIn(outcome, page) : undefined;
    if (form !== undefined) probing.learnForm(form);
  }
}

async function sendProbe(due: DueProbe, means: AskingMeans): Promise<AskedProbe> {
  means.signal.throwIfAborted();
  if (due.probe.isLater === true) await means.clock.sleep(means.waitMs, means.signal);
  means.sending?.(due);
  return means.ask(due.request, due.probe.from);
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
  means.signal.throwIfAborted();
  const { outcome } = await means.ask(first.request);
  return { of: first, outcome, holds: isSameAnswer(first, { request: first.request, outcome }) };
}
