import { problem } from '../model/error.js';
import type { Report } from '../yaml/problem-list.js';
import type { RunnableCase } from './check-case.js';
import type { CasePlan } from './request-plan.js';

/** Which cases are meant. All are when nothing is said. */
export interface CaseSelection {
  /** Only cases whose id or title contains this text, in whatever case. */
  readonly grep?: string;
  /** Only cases with at least one of these tags. */
  readonly tags?: readonly string[];
  /** One of `total` parts of the cases that are left then; both start at 1. */
  readonly shard?: { readonly index: number; readonly total: number };
}

/** Whether a case is meant, its shard aside. `id` has the `#n` of the case. */
export function isMeant({ title, tags }: CasePlan, id: string, select: CaseSelection): boolean {
  const grep = select.grep?.toLowerCase();
  const found = grep === undefined || [id, title ?? ''].some((text) => text.toLowerCase().includes(grep));
  const wanted = select.tags ?? [];
  return found && (wanted.length === 0 || wanted.some((tag) => tags.includes(tag)));
}

/**
 * Makes a function that is asked for one case after the other, in the same order in every shard: it deals them out in
 * turn, so that slow suites are spread evenly, and so that the cases of all shards taken in turn are in the order of one run.
 */
export function shardDealer({ shard }: CaseSelection): () => boolean {
  let next = 0;
  return () => shard === undefined || next++ % shard.total === shard.index - 1;
}

/** The ids of a case, one a request. */
export function* idsOf({ plan, corpus }: RunnableCase): Generator<string> {
  if (corpus === undefined) yield plan.id;
  else for (let n = 1; n <= corpus.count; n++) yield `${plan.id}#${n}`;
}

/** The cases that `only` leaves: all where none has it. In CI it is a problem. */
export function onlyCases(cases: readonly CasePlan[], ci: boolean, report: Report): readonly CasePlan[] {
  const only = cases.filter(({ onlyAt }) => onlyAt !== undefined);
  if (only.length === 0) return cases;
  if (!ci) return only;
  for (const { onlyAt } of only) if (onlyAt !== undefined) report(problem('SUITE_ONLY_IN_CI', {}, onlyAt));
  return cases;
}

/** A selection in words, as the command line has it. */
export function describeSelection({ grep, tags = [] }: CaseSelection): string {
  const words = [
    ...(grep === undefined ? [] : [`--grep ${JSON.stringify(grep)}`]),
    ...tags.map((tag) => `--tag ${tag}`),
  ];
  return words.join(' ');
}
