import { type Problem, problem } from '../model/error.js';
import type { Report } from '../yaml/problem-list.js';
import type { RunnableCase } from './check-case.js';
import { misfit } from './fetch-content.js';
import type { SourceUse } from './source-uses.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Checks the values that come from the environment; only those of cases that are to be sent. */
export function checkEnvironment(cases: readonly RunnableCase[], env: Environment, report: Report): void {
  for (const { plan, tagged } of cases) {
    if (plan.skip === undefined) for (const use of tagged) missing(use, env).forEach(report);
  }
}

function missing({ source, slot }: SourceUse, env: Environment): readonly Problem[] {
  if (source.kind !== 'env') return [];
  const { name, at } = source;
  const value = env[name];
  if (value === undefined) return [problem('ENV_MISSING', { name }, at)];
  // CI services set secrets that they do not give to a job to an empty text.
  if (value === '') return [problem('ENV_EMPTY', { name }, at)];
  return misfit({ text: value }, slot, source);
}
