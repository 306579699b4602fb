import { fail } from '../model/error.js';
import type { CaseResult, RunReport, SkippedCase } from '../model/report.js';

/** What all shards of one run have: the results and what was left out, in the order of a run that is not sharded. */
export interface MergedShards {
  readonly results: readonly CaseResult[];
  readonly skipped: readonly SkippedCase[];
}

/**
 * Puts the shards of one run together. Cases were dealt out in turn, and are taken in turn.
 * @throws WafproofError `REPORT_SHARDS` where one is missing, is there twice, or is of another run
 */
export function mergeShards(reports: readonly RunReport[]): MergedShards {
  const shards = inOrder(reports);
  return {
    results: inTurn(shards.map(({ results }) => results)),
    skipped: inTurn(shards.map(({ skipped }) => skipped)),
  };
}

/** Whether a report says that it is a part of a run. */
export function isShard({ selection }: Pick<RunReport, 'selection'>): boolean {
  return selection?.shard !== undefined;
}

function inOrder(reports: readonly RunReport[]): readonly RunReport[] {
  const [first] = reports;
  const total = first?.selection?.shard?.total ?? 1;
  const byIndex = new Map<number, RunReport>();
  for (const report of reports) {
    const { shard } = report.selection ?? {};
    if (shard === undefined) throw fail('REPORT_SHARDS', { reason: 'one of them is no shard' });
    if (shard.total !== total)
      throw fail('REPORT_SHARDS', { reason: `one is of ${shard.total} shards, another of ${total}` });
    if (byIndex.has(shard.index)) throw fail('REPORT_SHARDS', { reason: `shard ${shard.index} is there twice` });
    byIndex.set(shard.index, report);
  }
  const missing = Array.from({ length: total }, (_, at) => at + 1).filter((index) => !byIndex.has(index));
  if (missing.length > 0) throw fail('REPORT_SHARDS', { reason: missingText(missing, total) });
  const shards = [...byIndex].sort(([a], [b]) => a - b).map(([, report]) => report);
  refuseStranger(shards);
  return shards;
}

function missingText(missing: readonly number[], total: number): string {
  const shown = missing.slice(0, 10).join(', ');
  return `of ${total} shards ${missing.length === 1 ? 'this one is' : 'these are'} missing: ${shown}${missing.length > 10 ? ', …' : ''}`;
}

/** Shards of one run have the same version, rules and choice of cases. */
function refuseStranger(shards: readonly RunReport[]): void {
  const [first, ...others] = shards.map(identityOf);
  for (const other of others)
    for (const [name, value] of Object.entries(other)) {
      const known = first?.[name];
      if (known !== value)
        throw fail('REPORT_SHARDS', { reason: `they differ in ${name}: ${known ?? 'none'}, ${value ?? 'none'}` });
    }
}

function identityOf({
  tool,
  target,
  seed,
  selection,
  partOf,
}: RunReport): Readonly<Record<string, string | undefined>> {
  const { waf } = target;
  return {
    'the version of Wafproof': tool.version,
    'the target': target.name,
    'the engine': waf.version,
    'the rule set': waf.ruleset,
    'the settings of the WAF': [...(waf.facts ?? []).map(({ label, value }) => `${label} ${value}`), waf.mode].join(
      ', ',
    ),
    'the seed': seed === undefined ? undefined : `${seed}`,
    'the cases that they are parts of': partOf,
    'the choice of cases': JSON.stringify([selection?.grep, selection?.tags]),
  };
}

function inTurn<T>(lists: readonly (readonly T[])[]): readonly T[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, row) => row).flatMap((row) =>
    lists.flatMap((list) => list.slice(row, row + 1)),
  );
}
