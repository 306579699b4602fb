import type { RequestSpec } from '../../model/request.js';
import { encodeRequest } from '../../request/encode-request.js';
import { type AnsweredRequest, type ProbeReading, readProbeAnswer } from './compare-answers.js';
import type { ConclusionId } from './conclusions.js';
import type { Suspect } from './decision-table.js';
import { nextProbe, type ProbeState } from './next-probe.js';
import { headerValues, oddTexts } from './odd-texts.js';
import type { Probe } from './probe.js';
import { isSafe } from './probe-body.js';
import type { FormToken, ProbeMaterial } from './probe-material.js';
import { type ProbeId, probeOf } from './probes.js';
import { shapeProbe, wireKey } from './shape-probe.js';

/** So many requests follow the first one at most, the control not counted. */
export const mostProbes = 6;

/** A probe as it is to be sent. */
export interface DueProbe {
  readonly id: ProbeId;
  readonly probe: Probe;
  readonly request: RequestSpec;
  /** The target may change something when it gets it. */
  readonly mayChange: boolean;
}

/** What the log of a WAF says of a probe. */
export interface LoggedProbe {
  readonly isBlocked: boolean;
  readonly text: string;
  /** In a sentence without its full stop. */
  readonly says: string;
}

/** A probe that was sent, or that came to the same request as one that was. */
export interface AnsweredProbe extends DueProbe, AnsweredRequest {
  readonly reading: ProbeReading;
  /** Its answer is that of an earlier request. */
  readonly isSameRequest: boolean;
  readonly logged?: LoggedProbe;
}

/** What to do next: send a probe, or end. */
export type WalkTurn =
  | { readonly kind: 'send'; readonly due: DueProbe }
  | { readonly kind: 'end'; readonly conclusion: ConclusionId };

/**
 * The way of one refused request through the decision table. It sends nothing itself: it says what to send, and is told what
 * came back. No request is sent twice, and the refused one never again.
 */
export class DecisionWalk {
  readonly #baseline: AnsweredRequest;
  #means: ProbeMaterial;
  readonly #answered = new Map<ProbeId, AnsweredProbe>();
  readonly #notAllowed = new Set<ProbeId>();
  readonly #sent = new Map<string, AnsweredRequest>();

  constructor(baseline: AnsweredRequest, means: ProbeMaterial) {
    this.#baseline = baseline;
    this.#means = means;
    this.#sent.set(probeKey({ probe: {}, request: baseline.request }), baseline);
  }

  /** In the order in which they were sent. */
  get answered(): readonly AnsweredProbe[] {
    return [...this.#answered.values()];
  }

  /** The probes that went out. */
  get sent(): readonly AnsweredProbe[] {
    return this.answered.filter(({ isSameRequest }) => !isSameRequest);
  }

  turn(): WalkTurn {
    for (;;) {
      if (this.answered.some(({ reading }) => reading.kind === 'other'))
        return { kind: 'end', conclusion: 'interrupted' };
      const next = nextProbe({ state: (id) => this.#stateOf(id), isOdd: (part) => this.#isOdd(part) });
      if (next.kind === 'conclude') return { kind: 'end', conclusion: next.conclusion };
      const due = this.#due(next.probe);
      if (due === undefined) throw new RangeError(`the probe ${next.probe} is open and cannot be made`);
      const known = this.#knownOf(due);
      if (known === undefined) return { kind: 'send', due };
      this.#take(due, known.outcome, true);
    }
  }

  answer(due: DueProbe, outcome: AnsweredRequest['outcome'], logged?: LoggedProbe): void {
    this.#sent.set(probeKey(due), { request: due.request, outcome });
    this.#take(due, outcome, false, logged);
  }

  /** The probe is not sent. */
  forbid({ id }: DueProbe): void {
    this.#notAllowed.add(id);
  }

  /** A page has brought a form. */
  learnForm(form: FormToken): void {
    this.#means = { ...this.#means, form };
  }

  #take(due: DueProbe, outcome: AnsweredRequest['outcome'], isSameRequest: boolean, logged?: LoggedProbe): void {
    const asked = { request: due.request, outcome };
    const reading = withoutCredentials(due.probe, readProbeAnswer(this.#baseline, asked));
    const answered = { ...due, ...asked, reading, isSameRequest, ...(logged !== undefined && { logged }) };
    this.#answered.set(due.id, answered);
  }

  #stateOf(id: ProbeId): ProbeState {
    const answered = this.#answered.get(id);
    if (answered !== undefined) return stateOf(answered.reading);
    if (this.#notAllowed.has(id)) return 'not-allowed';
    const due = this.#due(id);
    if (due === undefined) return 'impossible';
    return this.sent.length < mostProbes || this.#knownOf(due) !== undefined ? 'open' : 'over';
  }

  #knownOf(due: DueProbe): AnsweredRequest | undefined {
    return this.#sent.get(probeKey(due));
  }

  #due(id: ProbeId): DueProbe | undefined {
    return dueProbe(id, this.#baseline.request, this.#means);
  }

  #isOdd(part: Suspect['part']): boolean {
    const { request } = this.#baseline;
    if (part !== 'origin') return oddTexts(request, part).length > 0;
    return headerValues(request, 'origin').some((origin) => origin !== this.#means.origin);
  }
}

/** The request of a probe; nothing where it cannot be made, or would send the same content to the same URL again. */
export function dueProbe(id: ProbeId, original: RequestSpec, means: ProbeMaterial): DueProbe | undefined {
  const probe = probeOf(id);
  const request = shapeProbe(probe, original, means);
  if (request === undefined || isSentAgain(original, request)) return undefined;
  return { id, probe, request, mayChange: mayChange(probe, request.method) };
}

/** Aside there is nothing to change; only a PUT may create what it names (RFC 9110 section 9.3.4). */
function mayChange({ to }: Probe, method: string): boolean {
  return !isSafe(method) && (to === 'here' || method === 'PUT');
}

/** A request that changes something is never sent again, whatever its headers are. */
function isSentAgain(original: RequestSpec, request: RequestSpec): boolean {
  if (isSafe(request.method) && request.body.kind === 'none') return false;
  const [before, after] = [encodeRequest(original), encodeRequest(request)];
  return before.target === after.target && Buffer.compare(before.body, after.body) === 0;
}

/** What two probes are one by: from another address, or later, the same bytes are another question. */
export function probeKey({
  probe,
  request,
}: {
  readonly probe: Pick<Probe, 'from' | 'isLater'>;
  readonly request: RequestSpec;
}) {
  return `${probe.from ?? ''} ${probe.isLater === true} ${wireKey(request)}`;
}

function stateOf({ kind }: ProbeReading): ProbeState {
  return kind === 'other' ? 'passes' : kind;
}

/** Who drops its credentials and is refused in another way is asked for them, in whatever words. */
function withoutCredentials({ headers = [] }: Probe, reading: ProbeReading): ProbeReading {
  return headers.includes('no-credentials') && reading.kind === 'other' && reading.isAnswered
    ? { kind: 'asked' }
    : reading;
}
