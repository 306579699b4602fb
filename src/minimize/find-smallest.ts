/** How a search is answered. */
export interface Probing<C> {
  /** Whether the rule still fires; nothing where no more may be asked, which ends the search. */
  readonly oracle: (candidate: C) => Promise<boolean | undefined>;
  /**
   * Says the last word on what was found. Without it the oracle is asked twice more: what was found must fire again, and
   * what was refused last must be refused again.
   */
  readonly confirm?: (candidate: C) => Promise<boolean | undefined>;
  /** Equal for candidates that are the same question. */
  readonly keyOf: (candidate: C) => string;
  /** Answers that are known beforehand, by the keys of what was asked. */
  readonly known?: ReadonlyMap<string, boolean>;
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
 * the end. Where the questions run out or are answered no more, the smallest candidate so far is the answer.
 * @param search every candidate that fires is smaller than those before it; it returns nothing where none fires
 */
export async function findSmallest<C>(
  search: Generator<C, C | undefined, boolean>,
  { oracle, confirm, keyOf, known, maxProbes = defaultMaxProbes }: Probing<C>,
): Promise<Found<C>> {
  let probes = 0;
  let isSilent = false;
  const ask = async (candidate: C, whom = oracle) => {
    probes += 1;
    const answer = await whom(candidate);
    isSilent ||= answer === undefined;
    return answer;
  };
  const mayAsk = () => probes < maxProbes - lastWords;
  const { smallest, refused, isDone } = await follow(search, { ask, mayAsk, keyOf, answers: new Map(known) });
  if (smallest === undefined) return { kind: 'given-up', reason: 'not-reproduced', probes };
  const found = () => ({ kind: 'found', smallest, probes, isComplete: isDone && !isSilent }) as const;
  if (isSilent) return found();
  const isStable =
    (await ask(smallest, confirm)) && (confirm !== undefined || refused === undefined || !(await ask(refused)));
  return isStable || isSilent ? found() : { kind: 'given-up', reason: 'flaky', probes };
}

interface Following<C> extends Pick<Probing<C>, 'keyOf'> {
  readonly ask: (candidate: C) => Promise<boolean | undefined>;
  readonly mayAsk: () => boolean;
  readonly answers: Map<string, boolean>;
}

/** Answers a search until it is done, or no more is answered; what fired last is the smallest until then. */
async function follow<C>(
  search: Generator<C, C | undefined, boolean>,
  { ask, mayAsk, keyOf, answers }: Following<C>,
): Promise<{ readonly smallest: C | undefined; readonly refused: C | undefined; readonly isDone: boolean }> {
  let smallest: C | undefined;
  let refused: C | undefined;
  let step = search.next();
  while (step.done !== true) {
    const candidate = step.value;
    const key = keyOf(candidate);
    const known = answers.get(key);
    if (known === undefined && !mayAsk()) break;
    const fires = known ?? (await ask(candidate));
    if (fires === undefined) break;
    answers.set(key, fires);
    if (fires) smallest = candidate;
    else refused = candidate;
    step = search.next(fires);
  }
  return { smallest: step.done === true ? step.value : smallest, refused, isDone: step.done === true };
}
