import type { RateLimit } from '../../contract/probe-knowledge.js';
import type { Clock } from '../../util/clock.js';

/** How fast probes may follow one another. */
export interface ProbeRates {
  /** In milliseconds from one to the next. */
  readonly apartMs: number;
  /** So many within a time; the fewest in any time of that length. */
  readonly limits: readonly RateLimit[];
}

/** Requests in a second where nobody says how many, and rules that count requests may be there or not. */
export const carefulRate = 2;
/** Where it is known that there are none. */
const freeRate = 10;

/**
 * Under half of what each rule lets through, since others may share the address that it counts by.
 * @param limits of the rules that count requests; absent where rules are not known
 */
export function probeRates(limits: readonly RateLimit[] | undefined, wanted: number | undefined): ProbeRates {
  const usual = limits === undefined || limits.length > 0 ? carefulRate : freeRate;
  const halves = (limits ?? []).map(({ requests, windowSeconds }) => ({
    requests: Math.max(1, Math.ceil(requests / 2) - 1),
    windowSeconds,
  }));
  return { apartMs: 1000 / (wanted ?? usual), limits: halves };
}

/** Lets probes through one by one, as fast as rates allow. */
export class ProbePace {
  readonly #rates: ProbeRates;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  /** When probes were sent, in the clock's milliseconds. */
  readonly #sent: number[] = [];

  constructor(rates: ProbeRates, { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal }) {
    this.#rates = rates;
    this.#clock = clock;
    this.#signal = signal;
  }

  /** Requests of others from the same address that rules have counted already. */
  count(requests: number, ageMs: number): void {
    const most = Math.max(0, ...this.#rates.limits.map((limit) => limit.requests));
    const at = this.#clock.now() - ageMs;
    this.#sent.push(...Array.from({ length: Math.min(requests, most) }, () => at));
  }

  /** Waits for the turn of the next probe. Rejects when the signal aborts. */
  async turn(): Promise<void> {
    const waitMs = this.waitMs();
    if (waitMs > 0) await this.#clock.sleep(waitMs, this.#signal);
    this.#signal.throwIfAborted();
    this.#sent.push(this.#clock.now());
  }

  /** How long the next probe has to wait, in milliseconds. */
  waitMs(): number {
    const last = this.#sent.at(-1);
    if (last === undefined) return 0;
    const due = this.#rates.limits.map(({ requests, windowSeconds }) => {
      const oldest = this.#sent.at(-requests);
      return this.#sent.length < requests || oldest === undefined ? 0 : oldest + windowSeconds * 1000;
    });
    return Math.max(0, ...due.map((at) => at - this.#clock.now()), last + this.#rates.apartMs - this.#clock.now());
  }
}
