import { fail } from '../../model/error.js';
import type { EngineOptions } from '../../model/options.js';
import type { TrialRules } from '../../waf/modsecurity/dialects/trial.js';
import { type Bench, openBench } from './workbench.js';

/** What one stage of the work has cost. */
export interface Effort {
  readonly stage: string;
  /** Requests that an engine was asked about. */
  readonly evaluations: number;
  /** How often an engine was started with other rules. */
  readonly engines: number;
  readonly durationMs: number;
}

/** Engines of one kind with one set of rules after another, and a count of what is asked of them. */
export class Workshop {
  readonly engine: EngineOptions;
  /** First number of generated rules. */
  readonly firstId: number;
  readonly #efforts: Effort[] = [];
  #current = { stage: '', evaluations: 0, engines: 0, startedAt: performance.now() };

  readonly #signal: AbortSignal;

  /** @param signal when it aborts, the next question fails with `INTERRUPTED`, and so ends the work */
  constructor(engine: EngineOptions, firstId: number, signal: AbortSignal) {
    this.engine = engine;
    this.firstId = firstId;
    this.#signal = signal;
  }

  /** What follows belongs to another stage. */
  stage(stage: string): void {
    this.#settle();
    this.#current = { stage, evaluations: 0, engines: 0, startedAt: performance.now() };
  }

  async open(rules: TrialRules): Promise<Bench> {
    const bench = await openBench(this.engine, rules);
    this.#current.engines += 1;
    return {
      ...bench,
      evaluate: async (request) => {
        if (this.#signal.aborted) throw fail('INTERRUPTED', {});
        this.#current.evaluations += 1;
        return bench.evaluate(request);
      },
    };
  }

  /** Uses an engine and closes it, however the use ends. */
  async with<T>(rules: TrialRules, use: (bench: Bench) => Promise<T>): Promise<T> {
    const bench = await this.open(rules);
    try {
      return await use(bench);
    } finally {
      await bench.close();
    }
  }

  /** What the work has cost so far, stage by stage. */
  efforts(): readonly Effort[] {
    this.#settle();
    return this.#efforts;
  }

  #settle(): void {
    const { startedAt, ...counts } = this.#current;
    if (counts.evaluations + counts.engines > 0)
      this.#efforts.push({ ...counts, durationMs: performance.now() - startedAt });
    this.#current = { ...this.#current, evaluations: 0, engines: 0, startedAt: performance.now() };
  }
}
