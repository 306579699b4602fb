import type { Exclusion } from '../../../model/exclusion.js';
import {
  bodyRuleKeys,
  highestLimits,
  isSetBeforeRules,
  limitLines,
  limitObstacle,
  type RuleIds,
  replacementLines,
  unreadObstacle,
} from './body-rules.js';
import { endpointBlocks, endpointIds, linesOf } from './endpoint-rules.js';
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
      const { scoped, early, wide } = byPlace(exclusions, engines);
      const beforeHead = ['Exclusions for single endpoints. To be included before the Core Rule Set.'];
      const ids = endpointIds(scoped, notes, bodyRuleKeys(exclusions, engines));
      const blocks = endpointBlocks(scoped, engines, notes, ids);
      const afterHead = ['Exclusions that apply to every request. To be included after the Core Rule Set.'];
      const before = {
        name: files.before,
        content: fileText([
          ...head(beforeHead, [...early, ...scoped], notes),
          ...everywhereLines(early, engines, notes, ids),
          ...linesOf(blocks),
          ...replacementLines(scoped, engines, ids),
        ]),
      };
      const after = {
        name: files.after,
        content: fileText([...head(afterHead, wide, notes), ...everywhereLines(wide, engines, notes, ids)]),
      };
      return { files: [before, after], sections: sectionsOf(before, blocks) };
    },
  };
}

/** Why rule files cannot express an exclusion, whatever they are included by. */
export function ruleFileObstacle(exclusion: Exclusion, engines: readonly EngineName[]): string | undefined {
  const { scope } = exclusion;
  switch (exclusion.effect) {
    case 'remove-target':
      return scope.path === undefined ? configureTimeObstacle(exclusion, engines) : runtimeObstacle(exclusion, engines);
    case 'raise-limit':
      return scope.path === undefined
        ? limitObstacle(exclusion, engines)
        : 'rule files raise a limit for every request';
    case 'change-setting':
      return endpointObstacle(exclusion, engines) ?? settingObstacle(exclusion);
    case 'leave-body-unread':
      return endpointObstacle(exclusion, engines) ?? unreadObstacle(exclusion, engines);
    case 'remove-rule':
    case 'read-body-as':
      return endpointObstacle(exclusion, engines);
  }
}

function endpointObstacle({ scope, effect }: Exclusion, engines: readonly EngineName[]): string | undefined {
  return scope.path === undefined ? `a ${effect} everywhere is too broad` : scopeObstacle(scope, engines);
}

/** Exclusions that are rules for endpoints, limits that are set before the rules are read, and what changes those that were. */
export function byPlace(exclusions: readonly Exclusion[], engines: readonly EngineName[]) {
  const everywhere = exclusions.filter((exclusion) => !isRuntime(exclusion, engines));
  return {
    scoped: exclusions.filter((exclusion) => isRuntime(exclusion, engines)),
    early: everywhere.filter(isSetBeforeRules),
    wide: everywhere.filter((exclusion) => !isSetBeforeRules(exclusion)),
  };
}

/** Whether an exclusion is a rule that runs for each request, and not a change to the rules as they are loaded. */
export function isRuntime(exclusion: Exclusion, engines: readonly EngineName[]): boolean {
  if (exclusion.effect === 'raise-limit') return false;
  return exclusion.scope.path !== undefined && runtimeObstacle(exclusion, engines) === undefined;
}

/**
 * Exclusions that change the rules as they are loaded. To be read after the Core Rule Set, but for limits.
 * @param ids numbers of rules by what they follow from
 */
export function everywhereLines(
  exclusions: readonly Exclusion[],
  engines: readonly EngineName[],
  notes: RuleNotes,
  ids: RuleIds,
): readonly string[] {
  const raised = new Set<Exclusion>(highestLimits(exclusions));
  const linesFor = (one: Exclusion) =>
    one.effect === 'raise-limit' && !raised.has(one) ? [] : configureTimeLines(one, engines, ids);
  return inOrder(exclusions).flatMap((one) => ['', ...explain(one, notes, engines), ...linesFor(one), '']);
}

export function configureTimeLines(
  exclusion: Exclusion,
  engines: readonly EngineName[],
  ids: RuleIds,
): readonly string[] {
  const { ruleIds } = exclusion;
  switch (exclusion.effect) {
    case 'remove-target': {
      const targets = configureTimeTargets(exclusion, engines);
      return ruleIds.flatMap((id) => targets.map((target) => `SecRuleUpdateTargetById ${id} "!${target}"`));
    }
    case 'raise-limit':
      return limitLines(exclusion, ids);
    case 'remove-rule':
      return ruleIds.map((id) => `SecRuleRemoveById ${id}`);
    default:
      return [];
  }
}
