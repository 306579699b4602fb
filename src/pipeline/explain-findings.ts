import type { Waf } from '../contract/waf.js';
import { type EngineOptions, installedEngine } from '../model/options.js';
import type { ReportHead } from '../model/report.js';
import { sortedIds } from '../util/compare-ids.js';

/** A report that says of the rules of its findings and exclusions what they look for, and where they are written. */
export async function withExplanations<R extends ReportHead>(
  report: R,
  waf: Waf,
  engine: Partial<EngineOptions> | undefined,
): Promise<R> {
  const { findings, exclusions = [], rules: known = [] } = report;
  const told = new Set(known.map(({ ruleId }) => ruleId));
  const ids = [...findings.map(({ ruleId }) => ruleId), ...exclusions.flatMap(({ ruleIds }) => ruleIds)];
  const asked = sortedIds(ids).filter((id) => !told.has(id));
  if (asked.length === 0) return report;
  const rules = await waf.explainRules?.(asked, { ...installedEngine, ...engine }, report.target.waf.ruleset);
  return rules === undefined || rules.length === 0 ? report : { ...report, rules: [...known, ...rules] };
}
