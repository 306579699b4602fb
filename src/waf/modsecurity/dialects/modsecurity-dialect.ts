import type { Exclusion } from '../../../model/exclusion.js';
import { endpointBlocks, linesOf } from './endpoint-rules.js';
import { explain, fileText, head, inOrder } from './explain.js';
import { configureTimeObstacle, runtimeObstacle, scopeObstacle, settingObstacle } from './obstacles.js';
import { type EngineName, type RuleDialect, type RuleNotes, sectionsOf } from './rule-dialect.js';
import { configureTimeTargets } from './spelling.js';

/** The Core Rule Set's own pair of files for exclusions (its directory `rules/`, files 900 and 999). */
const files = {
  before: 'REQUEST-900-EXCLUSION-RULES-BEFORE-CRS.conf',
  after: 'RESPONSE-999-EXCLUSION-RULES-AFTER-CRS.conf',
};

/** Exclusions as ModSecurity reads them, in the two files that are included around the rules. */
export function modsecurityDialect(engines: readonly EngineName[]): RuleDialect {
  return {
    name: 'modsecurity',
    obstacle: (exclusion) => ruleFileObstacle(exclusion, engines),
    write: (exclusions, notes) => {
      const scoped = exclusions.filter((exclusion) => isRuntime(exclusion, engines));
      const wide = exclusions.filter((exclusion) => !isRuntime(exclusion, engines));
      const beforeHead = ['Exclusions for single endpoints. To be included before the Core Rule Set.'];
      const blocks = endpointBlocks(scoped, engines, notes);
      const afterHead = ['Exclusions that apply to every request. To be included after the Core Rule Set.'];
      const before = {
        name: files.before,
        content: fileText([...head(beforeHead, scoped, notes), ...linesOf(blocks)]),
      };
      const after = {
        name: files.after,
        content: fileText([...head(afterHead, wide, notes), ...everywhereLines(wide, engines, notes)]),
      };
      return { files: [before, after], sections: sectionsOf(before, blocks) };
    },
  };
}

/** Why rule files cannot express an exclusion, whatever they are included by. */
export function ruleFileObstacle(exclusion: Exclusion, engines: readonly EngineName[]): string | undefined {
  const { scope, effect } = exclusion;
  if (effect !== 'remove-target') {
    if (scope.path === undefined) return `a ${effect} everywhere is too broad`;
    return scopeObstacle(scope, engines) ?? (effect === 'change-setting' ? settingObstacle(exclusion) : undefined);
  }
  return scope.path === undefined ? configureTimeObstacle(exclusion, engines) : runtimeObstacle(exclusion, engines);
}

/** Whether an exclusion is a rule that runs for each request, and not a change to the rules as they are loaded. */
export function isRuntime(exclusion: Exclusion, engines: readonly EngineName[]): boolean {
  return exclusion.scope.path !== undefined && runtimeObstacle(exclusion, engines) === undefined;
}

/** Exclusions that change the rules as they are loaded. To be read after the Core Rule Set. */
export function everywhereLines(
  exclusions: readonly Exclusion[],
  engines: readonly EngineName[],
  notes: RuleNotes,
): readonly string[] {
  return inOrder(exclusions).flatMap((one) => ['', ...explain(one, notes), ...configureTimeLines(one, engines), '']);
}

export function configureTimeLines(exclusion: Exclusion, engines: readonly EngineName[]): readonly string[] {
  const { ruleIds } = exclusion;
  if (exclusion.effect !== 'remove-target') return ruleIds.map((id) => `SecRuleRemoveById ${id}`);
  const targets = configureTimeTargets(exclusion, engines);
  return ruleIds.flatMap((id) => targets.map((target) => `SecRuleUpdateTargetById ${id} "!${target}"`));
}
