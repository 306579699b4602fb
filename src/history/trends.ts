import type { FindingTrend, TrendKind } from '../model/history.js';

/** Within so many runs a finding that comes and goes is flaky, one that began is new, and one that ended is gone. */
const recentRuns = 10;

/** When a finding was seen. */
export interface SeenFinding {
  readonly id: string;
  readonly what: string;
  /** The begins of the runs in which it was. */
  readonly runs: ReadonlySet<string>;
}

/**
 * How findings come and go. Of those that have gone only the recent ones are told.
 * @param runs the begins of all runs, the latest last; the last one is this run
 */
export function trendsOf(runs: readonly string[], findings: readonly SeenFinding[]): readonly FindingTrend[] {
  const trends = findings.flatMap((finding) => trendOf(runs, finding));
  return trends.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

const order: readonly TrendKind[] = ['new', 'flaky', 'gone', 'lasting'];

function trendOf(runs: readonly string[], { id, what, runs: seenIn }: SeenFinding): readonly FindingTrend[] {
  const seen = runs.map((run) => seenIn.has(run));
  const isSeen = seen.at(-1) ?? false;
  const streak = seen.length - 1 - seen.lastIndexOf(!isSeen);
  const since = runs[runs.length - streak];
  const recent = seen.slice(-recentRuns);
  const kind = kindOf({
    isSeen,
    streak,
    changes: changesIn(recent),
    total: runs.length,
    before: seen.slice(0, -streak),
  });
  if (kind === undefined || since === undefined) return [];
  return [{ id, what, kind, since, seen: seen.filter(Boolean).length }];
}

interface Course {
  readonly isSeen: boolean;
  /** For how many runs it is as it is now. */
  readonly streak: number;
  /** How often it came or went in the recent runs. */
  readonly changes: number;
  readonly total: number;
  readonly before: readonly boolean[];
}

function kindOf({ isSeen, streak, changes, total, before }: Course): TrendKind | undefined {
  if (changes > 1) return 'flaky';
  if (!isSeen) return changes === 1 ? 'gone' : undefined;
  const isFirst = before.every((was) => !was);
  return isFirst && streak < total && streak < recentRuns ? 'new' : 'lasting';
}

function changesIn(seen: readonly boolean[]): number {
  return seen.filter((is, place) => place > 0 && is !== seen[place - 1]).length;
}
