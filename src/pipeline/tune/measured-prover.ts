import type { Bench, Prover } from '../../contract/prover.js';
import { fail } from '../../model/error.js';

/** What one stage of the work has cost. */
export interface Effort {
  readonly stage: string;
  /** Requests that an engine was asked about. */
  readonly evaluations: number;
  /** How many sets of rules it was asked under. */
  readonly engines: number;
  readonly durationMs: number;
}

/** A prover that counts what is asked of it, stage by stage. */
export interface MeasuredProver extends Prover {
  /** What follows belongs to another stage. */
  stage(name: string): void;
  /** What the work has cost so far. */
  efforts(): readonly Effort[];
}

/** @param signal when it aborts, the next question fails with `INTERRUPTED`, and so ends the work */
export function measured(prover: Prover, signal: AbortSignal): MeasuredProver {
  const meter = new EffortMeter();
  const asked = () => {
    if (signal.aborted) throw fail('INTERRUPTED', {});
    meter.evaluations += 1;
  };
  const bench = (one: Bench): Bench => ({
    evaluate: async (request) => {
      asked();
      return one.evaluate(request);
    },
    close: () => one.close(),
  });
  const started = <T>(one: T): T => {
    meter.engines += 1;
    return one;
  };
  return {
    ...prover,
    bare: bench(started(prover.bare)),
    open: async (exclusions, margin) => bench(started(await prover.open(exclusions, margin))),
    openAsWritten: async (exclusions) => bench(started(await prover.openAsWritten(exclusions))),
    openFor: async (ruleIds) => bench(started(await prover.openFor(ruleIds))),
    stage: (name) => meter.stage(name),
    efforts: () => meter.efforts(),
  };
}

class EffortMeter {
  evaluations = 0;
  engines = 0;
  readonly #efforts: Effort[] = [];
  #stage = '';
  #startedAt = performance.now();

  stage(stage: string): void {
    this.#settle();
    this.#stage = stage;
  }

  efforts(): readonly Effort[] {
    this.#settle();
    return [...this.#efforts];
  }

  #settle(): void {
    const { evaluations, engines } = this;
    const durationMs = performance.now() - this.#startedAt;
    if (evaluations + engines > 0) this.#efforts.push({ stage: this.#stage, evaluations, engines, durationMs });
    this.evaluations = 0;
    this.engines = 0;
    this.#startedAt = performance.now();
  }
}
