import type { ProgressListener } from '../contract/progress.js';
import type { Case } from '../model/case.js';
import { WafproofError } from '../model/error.js';
import type { CaseResult, StreamedReport } from '../model/report.js';
import { mapConcurrently } from '../util/concurrency.js';

/** Who is told of progress, and who may end a job. */
type Surroundings = { readonly signal: AbortSignal; readonly progress: ProgressListener };

/**
 * Does every case, several at a time, and hands on what is done whatever happens next: an interruption or an error in the
 * middle ends the job, not the report. Results are handed on in the order of the suites.
 * @returns why it ended before all were done, if it did
 */
export async function witnessEach(
  cases: AsyncIterable<Case>,
  atOnce: number,
  witness: (sent: Case) => Promise<CaseResult>,
  { signal, progress }: Surroundings,
  take: (result: CaseResult) => unknown,
): Promise<Pick<StreamedReport, 'interrupted'>> {
  const ordered = new InOrder(take);
  let index = 0;
  let done = 0;
  const numbered = async (sent: Case) => ({ index: index++, result: await witness(sent) });
  try {
    for await (const one of mapConcurrently(cases, atOnce, numbered, signal)) {
      ordered.add(one.index, one.result);
      done++;
      progress.done(one.result);
    }
  } catch (error) {
    if (done === 0 || !(error instanceof WafproofError)) throw error;
    ordered.end();
    return { interrupted: error.message };
  }
  ordered.end();
  return signal.aborted ? { interrupted: 'interrupted before all cases were done' } : {};
}

/** Holds results back until those before them are there. */
class InOrder {
  readonly #take: (result: CaseResult) => unknown;
  readonly #early = new Map<number, CaseResult>();
  #next = 0;

  constructor(take: (result: CaseResult) => unknown) {
    this.#take = take;
  }

  add(index: number, result: CaseResult): void {
    this.#early.set(index, result);
    for (let next = this.#early.get(this.#next); next !== undefined; next = this.#early.get(this.#next)) {
      this.#early.delete(this.#next++);
      this.#take(next);
    }
  }

  /** Those before what is left do not come any more. */
  end(): void {
    for (const index of [...this.#early.keys()].sort((a, b) => a - b)) this.#takeLate(index);
  }

  #takeLate(index: number): void {
    const result = this.#early.get(index);
    if (result !== undefined) this.#take(result);
  }
}
