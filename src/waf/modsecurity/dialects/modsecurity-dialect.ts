import { type Draft, linesOf, whenAny } from '../../../model/draft.js';
import type { Exclusion } from '../../../model/exclusion.js';
import { isSetBeforeRules, limitObstacle, raisedLimit, replacements, unreadObstacle } from './body-rules.js';
import { apart, endpointBlocks } from './endpoint-rules.js';
import { explain, head, inOrder } from './explain.js';
import { configureTimeObstacle, runtimeObstacle, scopeObstacle, settingObstacle } from './obstacles.js';
import type { EngineName, RuleDialect, RuleNotes } from './rule-dialect.js';
import { configureTimeTargets } from './spelling.js';
import { writtenOf } from './written.js';

/** The Core Rule Set's own pair of files for exclusions (its directory `rules/`, files 900 and 999). */
const files = {
  before: 'REQUEST-900-EXCLUSION-RULES-BEFORE-CRS.conf',
  after: 'RESPONSE-999-EXCLUSION-RULES-AFTER-CRS.conf',
};

const what = {
  before: ['Exclusions for single endpoints. To be included before the Core Rule Set.'],
  after: ['Exclusions that apply to every request. To be included after the Core Rule Set.'],
};

/** Exclusions as ModSecurity reads them, in the two files that are included around the rules. */
export function modsecurityDialect(engines: readonly EngineName[]): RuleDialect {
  return {
    name: 'modsecurity',
    obstacle: (exclusion) => ruleFileObstacle(exclusion, engines),
    write: (exclusions, notes) => {
      const { scoped, early, wide } = byPlace(exclusions, engines);
      const blocks = endpointBlocks(scoped, engines, notes);
      const before = { what: what.before, exclusions: [...early, ...scoped], all: exclusions };
      const texts = [
        {
          name: files.before,
          text: [
            head(before, notes),
            rulesEverywhere(early, engines, notes),
            apart(blocks),
            replacements(scoped, engines),
          ],
        },
        {
          name: files.after,
          text: [
            head({ what: what.after, exclusions: wide, all: exclusions }, notes),
            rulesEverywhere(wide, engines, notes),
          ],
        },
      ];
      return writtenOf({ files: texts, blocks, exclusions }, notes);
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

/** Exclusions that change the rules as they are loaded. To be read after the Core Rule Set, but for limits. */
export function rulesEverywhere(
  exclusions: readonly Exclusion[],
  engines: readonly EngineName[],
  notes: RuleNotes,
): Draft {
  return inOrder(exclusions).map((one) => {
    const changes =
      one.effect === 'raise-limit' ? raisedLimit(one, exclusions) : linesOf(configureTimeLines(one, engines));
    return whenAny([one], ['\n', linesOf(explain(one, notes, engines)), changes, '\n']);
  });
}

/** Directives that change the rules as they are loaded; none for limits. */
export function configureTimeLines(exclusion: Exclusion, engines: readonly EngineName[]): readonly string[] {
  const { ruleIds } = exclusion;
  switch (exclusion.effect) {
    case 'remove-target': {
      const targets = configureTimeTargets(exclusion, engines);
      return ruleIds.flatMap((id) => targets.map((target) => `SecRuleUpdateTargetById ${id} "!${target}"`));
    }
    case 'remove-rule':
      return ruleIds.map((id) => `SecRuleRemoveById ${id}`);
    default:
      return [];
  }
}
