import { WafproofError } from '../../model/error.js';
import type { CaseResult, RunReport } from '../../model/report.js';
import { defaultSeed, withRandomValues } from '../../request/random-values.js';
import { loadSuites } from '../../suite/load-suites.js';
import { recall } from '../redact.js';
import type { World } from '../world.js';

/**
 * Reads what a saved report hides of requests from the suites that they come from, so that exclusions for a cookie or another
 * secret value can be proved with it. A suite that is gone, or says something else now, is left alone: what the report has counts then.
 */
export async function recallHidden({ results, seed = defaultSeed }: RunReport, world: World): Promise<void> {
  const hidden = new Map(results.filter(mayHide).map((result) => [result.id, result]));
  const files = [...new Set([...hidden.values()].map(({ at }) => at.file))];
  if (files.length === 0) return;
  try {
    const suites = await loadSuites({ patterns: files, cwd: world.cwd, env: world.env, ci: false });
    for await (const one of suites.cases()) {
      const result = hidden.get(one.id);
      if (result !== undefined) recall(result, withRandomValues(one, { seed, turn: 0 }));
    }
  } catch (error) {
    if (!(error instanceof WafproofError)) throw error;
    world.progress.warn(`what the report hides of requests cannot be read from their suites again: ${error.message}`);
  }
}

/** A placeholder is a name in brackets; other text may look so too. */
function mayHide({ intent, request: { query, headers, cookies, body, path } }: CaseResult): boolean {
  return intent === 'legitimate' && /\[[\w.-]{1,100}\]/.test(JSON.stringify([path, query, headers, cookies, body]));
}
