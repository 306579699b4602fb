import { formatPlace, type Place } from './place.js';
import { type ProblemCode, type ProblemData, problemTexts } from './problem-texts.js';

/** One thing that is wrong: a stable code, where, what, and what to do next. */
export interface Problem {
  readonly code: ProblemCode;
  readonly place?: Place;
  readonly message: string;
}

/** Makes a problem from the table of texts. */
export function problem<C extends ProblemCode>(code: C, data: ProblemData<C>, place?: Place): Problem {
  const message = problemTexts[code](data as never);
  return place === undefined ? { code, message } : { code, place, message };
}

/** `SUITE_UNKNOWN_KEY suites/login.yaml:12:5 "header" is not a key of a case; did you mean "headers"?` */
export function formatProblem({ code, place, message }: Problem): string {
  return place === undefined ? `${code} ${message}` : `${code} ${formatPlace(place)} ${message}`;
}

/**
 * The job cannot go on. The only error class of Wafproof: what went wrong is told by the codes of its problems,
 * of which there is at least one. Outcomes of single cases are never errors but verdicts.
 */
export class WafproofError extends Error {
  override readonly name = 'WafproofError';
  readonly problems: readonly [Problem, ...Problem[]];

  constructor(problems: readonly [Problem, ...Problem[]], options?: ErrorOptions) {
    super(problems.map(formatProblem).join('\n'), options);
    this.problems = problems;
  }

  /** The code of the first problem. */
  get code(): ProblemCode {
    return this.problems[0].code;
  }
}

/** A `WafproofError` with a single problem. */
export function fail<C extends ProblemCode>(
  code: C,
  data: ProblemData<C>,
  options: { readonly place?: Place; readonly cause?: unknown } = {},
): WafproofError {
  const cause = options.cause === undefined ? undefined : { cause: options.cause };
  return new WafproofError([problem(code, data, options.place)], cause);
}
