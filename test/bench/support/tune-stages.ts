import { defaultTuneSettings } from '../../../src/model/tune-options.js';
import { check } from '../../../src/pipeline/check.js';
import { tuneReport } from '../../../src/pipeline/tune/tune.js';
import type { World } from '../../../src/pipeline/world.js';
import { printTable } from './print.js';

const progress = { stage() {}, start() {}, done() {}, warn() {}, end() {} };

/** A world whose caches are in a folder. */
function benchWorld(cache?: string): World {
  const env = cache === undefined ? {} : { XDG_CACHE_HOME: cache };
  return { cwd: process.cwd(), env, signal: new AbortController().signal, progress };
}

/** The report of suites at a paranoia level. */
export function checked(suites: readonly string[], paranoia: number) {
  const engine = { rulesBefore: [], rulesAfter: [], paranoia };
  return check({ suites, select: { tags: [] }, engine, timeoutMs: 60_000 }, benchWorld());
}

/**
 * Tunes a report and prints what each stage took.
 * @returns seconds
 */
export async function tuneInStages(
  report: Awaited<ReturnType<typeof checked>>,
  { out, cache, title }: { readonly out: string; readonly cache: string; readonly title: string },
): Promise<number> {
  const results = [...report.results];
  const began = performance.now();
  const { efforts } = await tuneReport({ ...report, results }, { ...defaultTuneSettings, out }, benchWorld(cache));
  const seconds = (performance.now() - began) / 1000;
  const findings = report.findings.length;
  const rowOf = (name: string, evaluations: number, spent: number) => [
    name,
    `${evaluations}`,
    (evaluations / Math.max(findings, 1)).toFixed(1),
    spent.toFixed(1),
    `${((100 * spent) / seconds).toFixed(0)} %`,
  ];
  const all = efforts.reduce((sum, { evaluations }) => sum + evaluations, 0);
  printTable(
    [title, 'evaluations', 'a finding', 's', 'share'],
    [
      ...efforts.map(({ stage, evaluations, durationMs }) => rowOf(stage || 'start', evaluations, durationMs / 1000)),
      rowOf(`all, ${findings} findings`, all, seconds),
    ],
  );
  return seconds;
}
