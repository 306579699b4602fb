/** How a search is answered. */
export interface Probing<C> {
  /** Whether the rule still fires. */
  readonly oracle: (candidate: C) => Promise<boolean>;
  /**
   * Says the last word on what was found. Without it the oracle is asked twice more: what was found must fire again, and
   * what was refused last must be refused again.
   */
  readonly confirm?: (candidate: C) => Promise<boolean>;
  /** Equal for candidates that are the same question. */
  readonly keyOf: (candidate: C) => string;
  /** Questions at most, those of the last word among them. */
  readonly maxProbes?: number;
}

/**
 * What came of a search.
 * - `not-reproduced`: the rule did not even fire on the whole.
 * - `flaky`: an answer was another one when it was asked for again.
 */
export type Found<C> =
  | { readonly kind: 'found'; readonly smallest: C; readonly probes: number; readonly isComplete: boolean }
  | { readonly kind: 'given-up'; readonly reason: 'not-reproduced' | 'flaky'; readonly probes: number };

const defaultMaxProbes = 200;
const lastWords = 2;

/**
 * Runs a search against an oracle, which may be an engine in process or a server far away. Nothing is asked twice before
 * the end. Where the questions run out, the smallest candidate so far is the answer.
 * @param search every candidate that fires is smaller than those before it; it returns nothing where none fires
 */
export async function findSmallest<C>(
  search: Generator<C, C | undefined, boolean>,
  { oracle, confirm, keyOf, maxProbes = defaultMaxProbes }: Probing<C>,
): Promise<Found<C>> {
  const answers = new Map<string, boolean>();
  let probes = 0;
  const ask = async (candidate: C, whom = oracle) => {
    probes += 1;
    return await whom(candidate);
  };
  let smallest: C | undefined;
  let refused: C | undefined;
  let step = search.next();
  while (step.done !== true) {
    const candidate = step.value;
    const key = keyOf(candidate);
    const known = answers.get(key);
    if (known === undefined && probes >= maxProbes - lastWords) break;
    const fires = known ?? (await ask(candidate));
    answers.set(key, fires);
    if (fires) smallest = candidate;
    else refused = candidate;
    step = search.next(fires);
  }
  if (step.done === true) smallest = step.value;
  if (smallest === undefined) return { kind: 'given-up', reason: 'not-reproduced', probes };
  const isStable =
    (await ask(smallest, confirm)) && (confirm !== undefined || refused === undefined || !(await ask(refused)));
  if (!isStable) return { kind: 'given-up', reason: 'flaky', probes };
  return { kind: 'found', smallest, probes, isComplete: step.done === true };
}
