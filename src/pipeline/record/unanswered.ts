import { fail } from '../../model/error.js';
import type { TrafficItem } from '../../record/recorded-traffic.js';

/** Counts the requests to an application that it did not answer. */
export class UnansweredCount {
  readonly #origin: string;
  #answered = 0;
  #failed = 0;
  #reason = '';

  constructor(origin: string) {
    this.#origin = origin;
  }

  look({ failure, isSocket }: TrafficItem): void {
    if (failure === undefined || isSocket) this.#answered++;
    else {
      this.#failed++;
      this.#reason = failure;
    }
  }

  /** @throws WafproofError `RECORD_UNREACHABLE` where it answered nothing of what it was asked */
  assertSome(): void {
    if (this.#answered === 0 && this.#failed > 0)
      throw fail('RECORD_UNREACHABLE', { url: this.#origin, reason: this.#reason });
  }

  notes(): readonly string[] {
    return this.#failed === 0
      ? []
      : [`not answered by ${this.#origin}, which may have been down for a while (${this.#reason}): ${this.#failed}`];
  }
}
