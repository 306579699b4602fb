import type { ProgressListener } from '../contract/progress.js';
import type { Case } from '../model/case.js';
import { WafproofError } from '../model/error.js';
import type { CaseResult } from '../model/report.js';
import { mapConcurrently } from '../util/concurrency.js';

/** What is there when the last case is done, or when the job had to stop. */
export interface Collected {
  readonly results: readonly CaseResult[];
  readonly interrupted?: string;
}

/**
 * Does every case, several at a time, and keeps what is done whatever happens next: an interruption or an error in the
 * middle ends the job, not the report. Results are in the order of the suites.
 */
export async function witnessAll(
  cases: AsyncIterable<Case>,
  atOnce: number,
  witness: (sent: Case) => Promise<CaseResult>,
  { signal, progress }: { readonly signal: AbortSignal; readonly progress: ProgressListener },
): Promise<Collected> {
  const done: { readonly index: number; readonly result: CaseResult }[] = [];
  let index = 0;
  const numbered = async (sent: Case) => ({ index: index++, result: await witness(sent) });
  const collected = (interrupted?: string): Collected => ({
    results: done.sort((a, b) => a.index - b.index).map(({ result }) => result),
    ...(interrupted !== undefined && { interrupted }),
  });
  try {
    for await (const one of mapConcurrently(cases, atOnce, numbered, signal)) {
      done.push(one);
      progress.done(one.result);
    }
  } catch (error) {
    if (done.length === 0 || !(error instanceof WafproofError)) throw error;
    return collected(error.message);
  }
  return collected(signal.aborted ? 'interrupted before all cases were done' : undefined);
}
