import type { RuleId } from '../../../model/evidence.js';
import type { EngineOptions } from '../../../model/options.js';
import type { RuleExplanation, RuleSource } from '../../../model/rule-explanation.js';
import { openCrs } from '../crs-archive.js';
import { ruleSetFolders } from '../rule-plan.js';
import { ruleSentence } from './rule-sentence.js';
import { readWrittenRules, type WrittenRule } from './written-rules.js';

/**
 * What rules look for, and where they are written, from the rule files on this machine.
 * @param ruleset the version that they are of, as the log or the engine names it: another one's rules may say something else
 * @throws WafproofError `CRS_ARCHIVE`
 */
export async function explainRules(
  ruleIds: readonly RuleId[],
  { crs }: Pick<EngineOptions, 'crs'>,
  ruleset: string | undefined,
): Promise<readonly RuleExplanation[]> {
  const opened = await openCrs(crs);
  try {
    const folders = ruleSetFolders(opened.folder === undefined ? {} : { crs: opened.folder });
    const rules = folders.map(readWrittenRules).find((one) => isOf(one, ruleset));
    return ruleIds.flatMap((ruleId) => {
      const rule = typeof ruleId === 'number' ? rules?.get(ruleId) : undefined;
      return rule === undefined ? [] : [explanationOf(ruleId, rule)];
    });
  } finally {
    await opened.close();
  }
}

function isOf(rules: ReadonlyMap<number, WrittenRule>, ruleset: string | undefined): boolean {
  if (rules.size === 0) return false;
  const version = [...rules.values()].find((rule) => rule.version !== undefined)?.version;
  return version === undefined || version === ruleset;
}

function explanationOf(ruleId: RuleId, rule: WrittenRule): RuleExplanation {
  const source = sourceOf(rule);
  return {
    ruleId,
    sentence: ruleSentence(rule),
    ...(rule.title !== undefined && { title: rule.title }),
    ...(source !== undefined && { source }),
  };
}

/** Released versions have a tag; the file of a rule keeps its name. */
function sourceOf({ file, line, version }: WrittenRule): RuleSource | undefined {
  const [, release] = /^OWASP_CRS\/(\d+\.\d+\.\d+(?:-rc\d+)?)$/.exec(version ?? '') ?? [];
  if (release === undefined) return undefined;
  const path = `https://github.com/coreruleset/coreruleset/blob/v${release}/rules/${encodeURIComponent(file)}`;
  return { url: `${path}#L${line}`, text: `${file}, line ${line}, in version ${release}` };
}
