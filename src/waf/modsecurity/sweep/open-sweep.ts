import type { StepProgress } from '../../../contract/progress.js';
import type { Sweep, SweptAnswer } from '../../../contract/sweep.js';
import type { EngineOptions } from '../../../model/options.js';
import type { WireRequest } from '../../../model/request.js';
import type { SweepParameters } from '../../../model/sweep.js';
import { sortedIds } from '../../../util/compare-ids.js';
import { openCrs } from '../crs-archive.js';
import { type EngineVariant, type LoggedEvaluation, startEmbeddedEngine } from '../embedded-engine.js';
import { isBodyParserRule } from '../rule-ids.js';
import { crsFolder, type RuleOptions } from '../rule-plan.js';
import { type FiredRule, FiredRules } from './fired-rules.js';
import { type LevelScores, levelProbe, readLevelScores, scoreAt, unreachable } from './level-scores.js';
import { dependsOnLevel, type LevelSetting, levelSettings } from './sweep-settings.js';

/**
 * Starts the embedded engine for levels and thresholds of the Core Rule Set side by side. A request is evaluated once, at the
 * highest level and with a threshold that no score reaches. The rules of a lower level are among those of a higher one, and
 * each level keeps its points by itself, so all other settings follow from that. Where something else than the score refuses a
 * request, or a rule gives its points to another level than its own, it is evaluated again level by level.
 * @throws WafproofError `USAGE`, and all that can be wrong with an engine
 */
export async function openSweep(
  given: EngineOptions,
  parameters: SweepParameters,
  timeoutMs: number,
  loading?: StepProgress,
): Promise<Sweep> {
  const crs = await openCrs(given.crs);
  try {
    const options = { ...given, ...(crs.folder !== undefined && { crs: crs.folder }) };
    const settings = levelSettings(parameters, options);
    const levels = [...new Set(settings.map(({ paranoia }) => paranoia))].sort((a, b) => b - a);
    const rulesAt = (paranoia: number): RuleOptions => ({
      ...options,
      mode: 'block',
      paranoia,
      threshold: unreachable,
      trial: { before: '', after: levelProbe },
      sharesCrs: true,
    });
    const engine = await startEmbeddedEngine({ ...options, ...rulesAt(levels[0] ?? 1), timeoutMs }, loading);
    const variants = levels.slice(1).map((level) => ({ level, bench: engine.variant(rulesAt(level)) }));
    const first: LevelBench = { level: levels[0] ?? 1, bench: engine };
    const { threshold: _, paranoia: __, ...info } = engine.info;
    let evaluated = 0;
    const evaluate = async (bench: LevelBench['bench'], request: WireRequest, id: string) => {
      evaluated++;
      return bench.evaluate(request, id);
    };
    const everyLevel = dependsOnLevel(options);
    const rules = new FiredRules(crsFolder(options));
    return {
      info,
      settings: settings.map(({ paranoia, threshold }) => ({ paranoia, threshold })),
      workers: engine.workers,
      get evaluated() {
        return evaluated;
      },
      async evaluate(request, id) {
        const known = new Map<number, LevelOutcome>();
        for (const { level, bench } of [first, ...variants]) {
          const logged = await evaluate(bench, request, id);
          const hits = logged.record === undefined ? [] : rules.of(logged.record, request);
          const outcome = outcomeOf(logged, hits, level);
          known.set(level, outcome);
          if (outcome.isForAll && !everyLevel && !hits.some((rule) => rules.scoresElsewhere(rule))) break;
        }
        return settings.map((setting) => settle(setting, known, rules));
      },
      async close() {
        for (const { bench } of variants) bench.close();
        await engine.close();
        await crs.close();
      },
    };
  } catch (error) {
    await crs.close();
    throw error;
  }
}

interface LevelBench {
  readonly level: number;
  readonly bench: Pick<EngineVariant, 'evaluate'>;
}

/** What is known of a request from one evaluation. */
interface LevelOutcome {
  /** `scored`: nothing but the score decides. */
  readonly kind: 'scored' | 'refused' | 'unknown';
  readonly scores: LevelScores;
  readonly hits: readonly FiredRule[];
  /** Lower levels follow from it. */
  readonly isForAll: boolean;
}

function outcomeOf({ record, entry }: LoggedEvaluation, hits: readonly FiredRule[], level: number): LevelOutcome {
  if (record === undefined) return { kind: 'unknown', scores: [0, 0, 0, 0, 0], hits: [], isForAll: false };
  const scores = readLevelScores(entry, level);
  if (record.action === 'passed') return { kind: 'scored', scores, hits, isForAll: true };
  const { kind, ruleId } = record.blockedBy ?? {};
  // Whether a body can be read is no matter of rules.
  const isParser = kind === 'body-parser' && (typeof ruleId !== 'number' || isBodyParserRule(ruleId));
  return { kind: 'refused', scores, hits, isForAll: isParser };
}

/** By the evaluation at the level itself, else by that at the next higher one. */
function settle(
  { paranoia, threshold }: LevelSetting,
  known: ReadonlyMap<number, LevelOutcome>,
  rules: FiredRules,
): SweptAnswer {
  const levels = [...known.keys()].filter((level) => level >= paranoia).sort((a, b) => a - b);
  const outcome = known.get(levels[0] ?? paranoia);
  // Rules of a higher level do not run at a lower one; those of no level run at each.
  const firing = (outcome?.hits ?? []).filter((hit) => (rules.levelOf(hit) ?? 0) <= paranoia);
  const ids = sortedIds(firing.map(({ ruleId }) => ruleId));
  switch (outcome?.kind) {
    case 'refused':
      return { outcome: 'blocked', rules: ids };
    case 'scored': {
      const score = scoreAt(outcome.scores, paranoia);
      return { outcome: score >= threshold ? 'blocked' : 'passed', score, rules: ids };
    }
    default:
      return { outcome: 'undecided', rules: ids };
  }
}
