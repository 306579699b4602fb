import type { EngineOptions } from '../../config/options.js';
import { type SearchResult, type Subject, searchExclusions } from '../../exclude/search-exclusions.js';
import type { Exclusion } from '../../model/exclusion.js';
import type { CaseResult } from '../../model/report.js';
import { mapConcurrently } from '../../util/concurrency.js';
import { modsecurityDialect } from '../../waf/modsecurity/dialects/modsecurity-dialect.js';
import { untouchable } from '../../waf/modsecurity/rule-ids.js';
import { openBench } from './workbench.js';

const atOnce = 32;

/** Searches until no false positive has a hit left, asking a real engine after each step. */
export async function findExclusions(cases: readonly CaseResult[], engine: EngineOptions): Promise<SearchResult> {
  const search = searchExclusions(await hitsUnder([], cases, engine), {
    obstacle: (exclusion) => modsecurityDialect.obstacle(exclusion),
    untouchable,
  });
  let step = search.next();
  while (step.done !== true) step = search.next(await hitsUnder(step.value, cases, engine));
  return step.value;
}

/** The cases with the hits that they have under a set of exclusions. */
async function hitsUnder(
  exclusions: readonly Exclusion[],
  cases: readonly CaseResult[],
  engine: EngineOptions,
): Promise<readonly Subject[]> {
  const bench = await openBench(engine, exclusions);
  try {
    const subjects: Subject[] = [];
    const ask = async ({ id, request }: CaseResult): Promise<Subject> => {
      const { hits } = await bench.evaluate(request);
      return { id, method: request.method, path: request.path.replace(/\?.*$/s, ''), hits };
    };
    for await (const subject of mapConcurrently(cases, atOnce, ask)) subjects.push(subject);
    return subjects.sort((a, b) => (a.id < b.id ? -1 : 1));
  } finally {
    await bench.close();
  }
}
