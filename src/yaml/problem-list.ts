import { formatProblem, type Problem, WafproofError } from '../model/error.js';
import { groupBy } from '../util/group-by.js';

/** Takes note of something that is wrong, so that the rest can be looked at too. */
export type Report = (problem: Problem) => void;

/** Everything that is wrong with the suites of a run. */
export class ProblemList {
  readonly #problems = new Map<string, Problem>();

  /** Takes note of a problem, once however often it is met. */
  readonly report: Report = (problem) => {
    this.#problems.set(formatProblem(problem), problem);
  };

  /** @throws WafproofError with all problems, file by file in the order of their lines */
  throwIfAny(): void {
    const byFile = groupBy(this.#problems.values(), ({ place }) => place?.file);
    const [first, ...others] = [...byFile.values()].flatMap((group) => group.toSorted(byPosition));
    if (first !== undefined) throw new WafproofError([first, ...others]);
  }
}

function byPosition({ place: a }: Problem, { place: b }: Problem): number {
  return (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0);
}
