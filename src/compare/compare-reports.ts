import type { VerdictKind } from '../model/case.js';
import type { ChangedCase, ReportComparison, RuleChange } from '../model/comparison.js';
import type { RuleId } from '../model/evidence.js';
import type { CaseResult, StreamedReport } from '../model/report.js';
import { compareIds, sortedIds } from '../util/compare-ids.js';

/** What of a result is compared. */
interface Outcome {
  readonly kind: VerdictKind;
  readonly intent: CaseResult['intent'];
  readonly score: number | undefined;
  readonly rules: readonly RuleId[];
}

const passed: ReadonlySet<VerdictKind> = new Set(['let-through', 'attack-missed']);
const blocked: ReadonlySet<VerdictKind> = new Set(['false-positive', 'attack-blocked']);

/** How the cases of one report come out in another: of each case the first thing that is different, verdicts before rules and scores. */
export function compareReports(before: StreamedReport, after: StreamedReport): ReportComparison {
  const was = new Map<string, Outcome>();
  const rules = new RuleCounts();
  for (const result of before.results) was.set(result.id, outcomeOf(result, rules, 'before'));
  const changed = new ChangeLists();
  const onlyAfter: string[] = [];
  let compared = 0;
  for (const result of after.results) {
    const earlier = was.get(result.id);
    const now = outcomeOf(result, rules, 'after');
    was.delete(result.id);
    if (earlier === undefined) onlyAfter.push(result.id);
    else {
      compared++;
      changed.add(result.id, earlier, now);
    }
  }
  return {
    before: { target: before.target, startedAt: before.startedAt },
    after: { target: after.target, startedAt: after.startedAt },
    compared,
    ...changed.lists,
    rules: rules.changes(),
    onlyBefore: [...was.keys()],
    onlyAfter,
  };
}

function outcomeOf(
  { verdict, intent, score, hits }: CaseResult,
  counts: RuleCounts,
  side: 'before' | 'after',
): Outcome {
  const rules = sortedIds(hits.map(({ ruleId }) => ruleId));
  if (blocked.has(verdict.kind)) counts.add(rules, side);
  return { kind: verdict.kind, intent, score: score?.inbound, rules };
}

/** Changes as they are found. */
class ChangeLists {
  readonly lists = {
    newlyBlocked: [] as ChangedCase[],
    newlyPassing: [] as ChangedCase[],
    newlyMissed: [] as ChangedCase[],
    newlyDetected: [] as ChangedCase[],
    otherVerdicts: [] as ChangedCase[],
    changedRules: [] as ChangedCase[],
    changedScores: [] as ChangedCase[],
  };

  add(id: string, was: Outcome, is: Outcome): void {
    const list = listOf(was, is);
    if (list !== undefined) this.lists[list].push(changeOf(id, was, is));
  }
}

function listOf(was: Outcome, is: Outcome): keyof ChangeLists['lists'] | undefined {
  if (was.kind !== is.kind) {
    const isAttack = is.intent === 'attack';
    if (passed.has(was.kind) && blocked.has(is.kind)) return isAttack ? 'newlyDetected' : 'newlyBlocked';
    if (blocked.has(was.kind) && passed.has(is.kind)) return isAttack ? 'newlyMissed' : 'newlyPassing';
    return 'otherVerdicts';
  }
  if (was.rules.join() !== is.rules.join()) return 'changedRules';
  return was.score === is.score ? undefined : 'changedScores';
}

function changeOf(id: string, was: Outcome, is: Outcome): ChangedCase {
  return {
    id,
    verdict: { before: was.kind, after: is.kind },
    ...((was.score !== undefined || is.score !== undefined) && {
      score: {
        ...(was.score !== undefined && { before: was.score }),
        ...(is.score !== undefined && { after: is.score }),
      },
    }),
    appeared: is.rules.filter((rule) => !was.rules.includes(rule)),
    gone: was.rules.filter((rule) => !is.rules.includes(rule)),
  };
}

/** In how many blocked cases each rule matched. */
class RuleCounts {
  readonly #counts = new Map<RuleId, { before: number; after: number }>();

  add(rules: readonly RuleId[], side: 'before' | 'after'): void {
    for (const rule of rules) {
      const count = this.#counts.get(rule) ?? { before: 0, after: 0 };
      count[side]++;
      this.#counts.set(rule, count);
    }
  }

  /** Those that are different, the largest difference first. */
  changes(): readonly RuleChange[] {
    const distance = ({ before, after }: RuleChange) => Math.abs(after - before);
    return [...this.#counts]
      .map(([ruleId, { before, after }]) => ({ ruleId, before, after }))
      .filter(({ before, after }) => before !== after)
      .sort((a, b) => distance(b) - distance(a) || compareIds(a.ruleId, b.ruleId));
  }
}
